from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oath", "0002_security")]

    operations = [
        migrations.AddField("Ceremony", "paths", models.JSONField(default=list)),
        migrations.AddField("Ceremony", "representatives", models.JSONField(default=list)),
        migrations.AddField("Ceremony", "copies", models.PositiveSmallIntegerField(default=3)),
        migrations.AddField("OathMark", "tap", models.PositiveIntegerField(default=0)),
        migrations.AddField("OathMark", "before", models.CharField(blank=True, max_length=8)),
    ]
