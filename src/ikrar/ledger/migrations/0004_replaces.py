import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_leaf")]
    operations = [
        migrations.AlterField(
            model_name="entry",
            name="replaces",
            field=models.ForeignKey(
                db_column="replaces",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.entry",
            ),
        ),
        migrations.AddField(
            model_name="sequenced",
            name="replaces",
            field=models.BigIntegerField(null=True),
        ),
    ]
