"""Regions with their dates, and the offices that answer for them."""

from datetime import date

from django.db import models

from ikrar.core import ids


class Region(models.Model):
    """One province (1), regency or city (2), kecamatan (3), desa or kelurahan (4).

    Its identity is `id`; code and path may change when a province splits. `names` holds [[from ISO day, name], …] in
    order, so that the name of a past day can be shown; `name` is the latest.
    """

    level = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=13)
    path = models.CharField(max_length=14, db_collation="C")
    name = models.CharField(max_length=100)
    names = models.JSONField(default=list)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="region_code_from")]
        indexes = [models.Index(fields=["path", "level"], name="region_path")]

    def name_on(self, day: date) -> str:
        """The name that the region had on a day (the first known one for earlier days)."""
        known = [name for since, name in self.names if since <= day.isoformat()]
        return known[-1] if known else (self.names[0][1] if self.names else self.name)


class Office(models.Model):
    """A KPU office: the unit that appoints, supervises and sanctions. Its letterhead is what papers print."""

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    region = models.OneToOneField(Region, models.PROTECT, related_name="+")
    path = models.CharField(max_length=14, db_collation="C")
    level = models.PositiveSmallIntegerField()
    # False for an office that only supervises from here, e.g. the province of the demo.
    keeps_registry = models.BooleanField(default=True)
    name = models.CharField(max_length=120)
    letter_code = models.CharField(max_length=13)
    line_1 = models.CharField(max_length=120)
    line_2 = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    emblem = models.BinaryField(null=True)
    number_pattern = models.CharField(max_length=120, default="{urut}/{klasifikasi}-{jenis}/{kode}/{tahun}")
    zone = models.CharField(max_length=40, default="Asia/Jakarta")
    paper = models.CharField(max_length=2, default="A4", choices=[("A4", "A4"), ("F4", "F4")])
    checked_regions_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name
