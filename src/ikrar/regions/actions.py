"""Loading the dated sets, and the settings of an office."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.codes import N_, Code
from ikrar.core.errors import Conflict, NotFound
from ikrar.ledger.actions import Act, record
from ikrar.ledger.rules import INSTALLATION
from ikrar.regions import law
from ikrar.regions.entries import OFFICE_CHANGED, OFFICE_CREATED, REGIONS_CHECKED, REGIONS_LOADED
from ikrar.regions.models import Office, Region
from ikrar.regions.rules import DatedRegion, letter_code


class Refusal(Code):
    """Why an office cannot be made or changed."""

    UNKNOWN_REGION = N_("No province, regency or city has the code {code}.")
    OFFICE_EXISTS = N_("{name} is already in this installation.")
    CHANGED_MEANWHILE = N_(
        "{name} was changed by somebody else meanwhile. What you typed is still here, not stored. "
        "Open the page again in another tab and compare."
    )


@transaction.atomic
def load_regions(province_codes: set[str]) -> int:
    """Bring provinces, regencies, and everything below in the given provinces, from all dated sets.

    What is there stays; a set that came later adds regions, ends others and renames. Returns rows added or changed.
    """
    known = {(region.code, region.valid_from): region for region in Region.objects.all()}
    parents = {region.code: region.pk for region in known.values()}
    below = law.below_regencies(province_codes)
    touched = 0
    for level in (law.provinces(), law.regencies(), *([r for r in below if r.level == n] for n in (3, 4))):
        fresh = [dated for dated in level if (dated.code, dated.valid_from) not in known]
        for made in Region.objects.bulk_create([_region(dated, parents) for dated in fresh], batch_size=2000):
            parents[made.code] = made.pk
        changed = [region for dated in level if (region := _changed(dated, known.get((dated.code, dated.valid_from))))]
        Region.objects.bulk_update(changed, ["name", "names", "valid_until"], batch_size=2000)
        touched += len(fresh) + len(changed)
    return touched


@transaction.atomic
def update_regions(*, actor: Actor) -> int:
    """Bring the provinces in which an office works up to the sets of this version; returns rows added or changed."""
    provinces = {code[:2] for code in Office.objects.values_list("region__code", flat=True)}
    touched = load_regions(provinces) if provinces else 0
    if touched:
        facts = {"provinces": sorted(provinces), "rows": touched, "sets": [found.id for found in law.sets()]}
        record(REGIONS_LOADED, actor=actor, act=Act(INSTALLATION, "regions", facts))
    return touched


def _names(dated: DatedRegion) -> list[list[str]]:
    return [[since.isoformat(), name] for since, name in dated.names]


def _changed(dated: DatedRegion, region: Region | None) -> Region | None:
    if region is None or (region.valid_until == dated.valid_until and region.names == _names(dated)):
        return None
    region.valid_until, region.names, region.name = dated.valid_until, _names(dated), dated.names[-1][1]
    return region


def _region(dated: DatedRegion, parents: dict[str, int]) -> Region:
    return Region(
        level=dated.level,
        code=dated.code,
        path=dated.path,
        name=dated.names[-1][1],
        names=_names(dated),
        parent_id=parents.get(dated.parent_code),
        valid_from=dated.valid_from,
        valid_until=dated.valid_until,
        source=dated.source,
    )


@dataclass(frozen=True)
class OfficeDetails:
    """What an office may change about itself; papers that were issued keep what they printed."""

    line_1: str
    line_2: str
    address: str
    city: str
    phone: str
    email: str
    hours: str
    number_pattern: str
    zone: str
    paper: str


@transaction.atomic
def create_office(*, actor: Actor, code: str, keeps_registry: bool = True) -> Office:
    """Add the KPU office of a province, regency or city. Raises: NotFound, Conflict."""
    region = Region.objects.filter(code=code, level__in=(1, 2), valid_until=None).first()
    if region is None:
        raise NotFound(Refusal.UNKNOWN_REGION, code=code)
    name = f"KPU Provinsi {region.name}" if region.level == 1 else f"KPU {region.name}"
    if Office.objects.filter(region=region).exists():
        raise Conflict(Refusal.OFFICE_EXISTS, name=name)
    office = Office.objects.create(
        region=region,
        path=region.path,
        level=region.level,
        name=name,
        letter_code=letter_code(code),
        line_1="KOMISI PEMILIHAN UMUM",
        line_2=name.removeprefix("KPU ").upper(),
        zone=law.zone_of(code),
        keeps_registry=keeps_registry,
    )
    record(OFFICE_CREATED, actor=actor, act=Act(region.path, str(office.id), {"name": name, "code": code}))
    return office


@transaction.atomic
def change_office(
    *, actor: Actor, office_id: Any, details: OfficeDetails, version: int, emblem: bytes | None = None
) -> Office:
    """Change letterhead, number pattern, zone and paper; `emblem` (PNG) is kept as it is where None.

    Raises: NotFound, NotAllowed, Conflict (changed since the actor looked).
    """
    office = Office.objects.select_for_update().filter(pk=office_id).first()
    if office is None:
        raise NotFound
    actor.require("regions.edit_office", at=office.path)
    if office.version != version:
        raise Conflict(Refusal.CHANGED_MEANWHILE, name=office.name)
    wanted = asdict(details)
    changed = {name: [getattr(office, name), value] for name, value in wanted.items() if getattr(office, name) != value}
    for name, value in wanted.items():
        setattr(office, name, value)
    if emblem is not None:
        office.emblem = emblem
        changed["emblem"] = ["-", f"{len(emblem)} byte"]
    if changed:
        office.version += 1
        office.save()
        record(OFFICE_CHANGED, actor=actor, act=Act(office.path, str(office.id), {"changed": changed}))
    return office


@transaction.atomic
def confirm_regions(*, actor: Actor, office_id: Any) -> None:
    """The office has looked at its kecamatan and villages and found them right."""
    office = Office.objects.select_for_update().filter(pk=office_id).first()
    if office is None:
        raise NotFound
    actor.require("registry.edit_election", at=office.path)
    office.checked_regions_at = clock.now()
    office.save(update_fields=["checked_regions_at"])
    record(REGIONS_CHECKED, actor=actor, act=Act(office.path, str(office.id)))
