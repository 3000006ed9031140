from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_replaces")]
    operations = [
        migrations.AddField("head", "cycle", models.PositiveSmallIntegerField(db_default=1, default=1)),
        migrations.AddField("sequenced", "cycle", models.PositiveSmallIntegerField(db_default=1, default=1)),
        migrations.AlterField("sequenced", "leaf_index", models.BigIntegerField(null=True)),
        migrations.AddConstraint(
            "sequenced", models.UniqueConstraint(fields=("cycle", "leaf_index"), name="one_entry_a_leaf")
        ),
    ]
