from django.db import migrations

from ikrar.core.db.policies import protect


class Migration(migrations.Migration):
    dependencies = [("core", "0001_functions"), ("registry", "0001_initial")]
    operations = [
        protect("registry_person"),
        protect("registry_membership"),
        protect("registry_link"),
        protect("registry_upload"),
        protect("registry_importitem"),
    ]
