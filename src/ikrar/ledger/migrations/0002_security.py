from django.db import migrations

from ikrar.core.db.policies import append_only, protect


class Migration(migrations.Migration):
    dependencies = [("core", "0001_functions"), ("ledger", "0001_initial")]
    operations = [
        append_only("ledger_entry", deletable=False),
        append_only("ledger_sequenced", deletable=False),
        append_only("ledger_head", deletable=False),
        append_only("ledger_publiccode", deletable=False),
        append_only("ledger_opening", deletable=True),
        protect("ledger_opening"),
    ]
