from django.db import migrations

from ikrar.core.db.policies import protect


class Migration(migrations.Migration):
    dependencies = [("core", "0001_functions"), ("oath", "0001_initial")]
    operations = [protect("oath_oathmark")]
