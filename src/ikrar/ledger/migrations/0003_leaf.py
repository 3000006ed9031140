from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_security")]
    operations = [
        migrations.AddField(
            model_name="entry",
            name="leaf",
            field=models.CharField(db_default="", default="", max_length=32),
        ),
    ]
