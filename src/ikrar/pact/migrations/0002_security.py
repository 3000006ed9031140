from django.db import migrations

from ikrar.core.db.policies import protect


class Migration(migrations.Migration):
    dependencies = [("core", "0001_functions"), ("pact", "0001_initial")]
    operations = [
        protect("pact_nonce"),
        protect("pact_signature"),
        protect("pact_decline"),
        protect("pact_paperentry"),
        protect("pact_paperscan"),
        protect("pact_receipt"),
    ]
