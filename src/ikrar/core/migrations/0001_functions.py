from django.db import migrations

from ikrar.core.db.policies import FUNCTIONS


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION app_lo; DROP FUNCTION app_hi; DROP FUNCTION refuse_change;")
    ]
