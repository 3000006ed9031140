"""Reads of regions and offices: public facts, the same for every actor."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from ikrar.core.errors import NotFound
from ikrar.core.once import once
from ikrar.regions.models import Office, Region

__all__ = [
    "Office",
    "Region",
    "count_below",
    "existing_on",
    "find_office",
    "get_office",
    "get_office_by_id",
    "get_region",
    "list_below",
    "list_children",
    "list_ever_below",
    "list_offices",
    "list_provinces",
]


def existing_on(day: date) -> Q:
    """Regions that exist on a day."""
    return Q(Q(valid_from=None) | Q(valid_from__lte=day)) & Q(Q(valid_until=None) | Q(valid_until__gt=day))


def get_region(code: str, *, day: date) -> Region:
    """The region that has this code on a day. Raises: NotFound."""
    region = Region.objects.filter(existing_on(day), code=code).select_related("parent__parent__parent").first()
    if region is None:
        raise NotFound
    return region


def list_children(region: Region, *, day: date) -> list[Region]:
    """The regions one level below, by code."""
    return list(Region.objects.filter(existing_on(day), parent=region).order_by("code"))


def list_below(path: str, *, level: int, day: date) -> QuerySet[Region]:
    """All regions of one level under a path, by code."""
    return Region.objects.filter(existing_on(day), path__gt=path, path__lt=f"{path[:-1]}/", level=level).order_by(
        "code"
    )


def count_below(path: str, *, day: date) -> dict[int, int]:
    """How many regions of each level lie under a path on a day."""
    found = Region.objects.filter(existing_on(day), path__gt=path, path__lt=f"{path[:-1]}/")
    return {row["level"]: row["n"] for row in found.values("level").annotate(n=Count("pk")).order_by()}


def list_provinces(*, day: date) -> list[Region]:
    """The provinces of a day: 34 on 1 June 2022, 38 since 8 December 2022."""
    return list(Region.objects.filter(existing_on(day), level=1).order_by("code"))


@once
def list_offices() -> list[Office]:
    """The offices of this installation, by code of their region."""
    return list(Office.objects.select_related("region").order_by("path"))


def get_office(path: str) -> Office:
    """The office that answers for a place: its own, or the nearest one above. Raises: NotFound."""
    office = find_office(path)
    if office is None:
        raise NotFound
    return office


@once
def find_office(path: str) -> Office | None:
    """As `get_office`, or None."""
    above = [path[: index + 1] for index, letter in enumerate(path) if letter == "."]
    return Office.objects.select_related("region").filter(path__in=above).order_by("-path").first()


def get_office_by_id(office_id: Any) -> Office:
    """One office. Raises: NotFound."""
    office = Office.objects.select_related("region").filter(pk=office_id).first()
    if office is None:
        raise NotFound
    return office


def list_ever_below(path: str, *, level: int) -> list[Region]:
    """All regions of one level under a path that exist or existed, by code."""
    return list(Region.objects.filter(path__gt=path, path__lt=f"{path[:-1]}/", level=level).order_by("code"))
