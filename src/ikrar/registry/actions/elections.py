"""Setting up an election and forming its bodies."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from ikrar.core.actor import Actor
from ikrar.core.db.clash import clash_as
from ikrar.core.errors import Conflict, NotFound, RuleBroken
from ikrar.ledger.actions import Act, record
from ikrar.regions.queries import get_office_by_id, list_ever_below
from ikrar.registry import law
from ikrar.registry.entries import BODIES_FORMED, ELECTION_CHANGED, ELECTION_CREATED
from ikrar.registry.models import Body, Election, Membership
from ikrar.registry.rules.kinds import BodyKind, ElectionKind, RegionLevel
from ikrar.registry.rules.service import ServiceRefusal

REGION_LEVEL = {RegionLevel.KECAMATAN: 3, RegionLevel.DESA_KELURAHAN: 4}


@dataclass(frozen=True)
class ElectionDetails:
    """What an office says about an election; `phrase` is the name that oath and pact speak, from its own decree."""

    kind: str
    name: str
    voting_on: date
    repeats_kind: str = ""
    phrase: str = ""
    stages: list[dict[str, Any]] = field(default_factory=list)
    body_kinds: list[str] = field(default_factory=lambda: [BodyKind.PPK.value, BodyKind.PPS.value])
    term_from: date | None = None
    term_until: date | None = None


def _check(details: ElectionDetails) -> None:
    """Raises: RuleBroken where the law data have no size for a body that shall be formed."""
    if details.kind == ElectionKind.PSU and not details.repeats_kind:
        raise RuleBroken(fields={"repeats_kind": (ServiceRefusal.REPEATS_MISSING, {})})
    kind = ElectionKind(details.repeats_kind or details.kind)
    for body in details.body_kinds:
        if law.seats(BodyKind(body), kind, details.voting_on) is None:
            facts = {"body": body, "election": kind.value, "day": details.voting_on.isoformat()}
            raise RuleBroken(fields={"kind": (ServiceRefusal.NO_SEAT_RULE, facts)})


@transaction.atomic
def create_election(*, actor: Actor, office_id: Any, details: ElectionDetails) -> Election:
    """Set up an election and form its bodies; it becomes the one the office works on.

    Raises: NotFound, NotAllowed, RuleBroken, Conflict (another was set up at this moment).
    """
    office = get_office_by_id(office_id)
    actor.require("registry.edit_election", at=office.path)
    _check(details)
    Election.objects.filter(office_id=office.pk, is_current=True).update(is_current=False)
    with clash_as(Conflict(ServiceRefusal.ELECTION_MEANWHILE)):
        election = Election.objects.create(office_id=office.pk, path=office.path, **asdict(details))
    form_bodies(election)
    record(ELECTION_CREATED, actor=actor, act=Act(office.path, str(election.pk), asdict(details)))
    return election


@transaction.atomic
def change_election(*, actor: Actor, election_id: int, details: ElectionDetails, version: int) -> Election:
    """Change what was entered; memberships, oaths and pacts stay. Raises: NotFound, NotAllowed, Conflict, RuleBroken."""
    election = Election.objects.select_for_update().filter(pk=election_id).first()
    if election is None:
        raise NotFound
    actor.require("registry.edit_election", at=election.path)
    if election.version != version:
        raise Conflict(ServiceRefusal.CHANGED_MEANWHILE, name=election.name)
    _check(details)
    _check_kept_kinds(election, details)
    if election.has_texts and election.phrase not in ("", details.phrase):
        raise RuleBroken(fields={"phrase": (ServiceRefusal.PHRASE_IN_TEXT, {})})
    wanted = asdict(details)
    changed = {
        name: [getattr(election, name), value] for name, value in wanted.items() if getattr(election, name) != value
    }
    if changed:
        for name, value in wanted.items():
            setattr(election, name, value)
        election.version += 1
        election.save()
        form_bodies(election)
        record(ELECTION_CHANGED, actor=actor, act=Act(election.path, str(election.pk), {"changed": changed}))
    return election


def note_texts(election_id: int, *, has_texts: bool) -> None:
    """Keep whether a text of an election is proposed or was approved, as the room of texts says today."""
    Election.objects.filter(pk=election_id).update(has_texts=has_texts)


def _check_kept_kinds(election: Election, details: ElectionDetails) -> None:
    """A kind of body in which somebody serves or served stays. Raises: RuleBroken."""
    dropped = set(election.body_kinds) - set(details.body_kinds)
    served = Membership.objects.filter(election=election, body__kind__in=dropped, voided_at=None)
    kind = served.order_by("body__kind").values_list("body__kind", flat=True).first()
    if kind:
        raise RuleBroken(fields={"body_kinds": (ServiceRefusal.KIND_HAS_MEMBERS, {"body": kind})})


def form_bodies(election: Election) -> int:
    """Make the bodies that the law forms and that are not there yet, one for each region of their level; returns how many.

    Regions that end or begin with a later set keep or get their own body: which of them exist on a day is asked of
    the region, never copied.
    """
    known = set(Body.objects.filter(election=election).values_list("kind", "region_id"))
    rules = law.body_rules()
    made = [
        Body(election=election, region=region, kind=kind, path=region.path, code=region.code)
        for kind in election.body_kinds
        for region in list_ever_below(election.path, level=REGION_LEVEL[rules[BodyKind(kind)].level])
        if (kind, region.pk) not in known
    ]
    Body.objects.bulk_create(made, batch_size=1000)
    return len(made)


@transaction.atomic
def form_missing_bodies(*, actor: Actor) -> int:
    """As `form_bodies` for every election of the installation, after new law or region data; returns how many in all."""
    made = 0
    for election in Election.objects.select_for_update().order_by("pk"):
        formed = form_bodies(election)
        if formed:
            record(BODIES_FORMED, actor=actor, act=Act(election.path, str(election.pk), {"bodies": formed}))
        made += formed
    return made
