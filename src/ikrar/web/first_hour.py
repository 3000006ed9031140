"""The first hour of an installation: five steps, computed from what is there, each with who does it and what it awaits."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ikrar.core import clock, formats
from ikrar.core.actor import Actor
from ikrar.regions.queries import Office, count_below
from ikrar.registry.queries import Election, bodies_below, find_current_election, in_office, list_sizes
from ikrar.texts.queries import count_ready

# Who does a step: a page is offered only to whom it opens.
_VERBS = {
    "office": "regions.edit_office",
    "election": "registry.edit_election",
    "region": "registry.edit_election",
    "roster": "registry.import",
    "texts": "texts.view",
}
OFFICE_FIELDS = ("line_1", "line_2", "address", "city", "phone", "email", "number_pattern", "emblem")


@dataclass(frozen=True)
class Step:
    """One of the five steps. `part` of `whole` is done; `waits` names what must come first."""

    key: str
    icon: str
    title: str
    text: str
    known: str
    who: str
    minutes: int
    part: int
    whole: int
    url: str
    act: str
    waits: str = ""
    is_yours: bool = False

    @property
    def is_done(self) -> bool:
        return self.part >= self.whole

    @property
    def is_begun(self) -> bool:
        return 0 < self.part < self.whole


@dataclass(frozen=True)
class FirstHour:
    """The steps, and which one comes next."""

    steps: list[Step]
    at: datetime

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def current(self) -> Step | None:
        """The first step that is not done and waits for nothing."""
        return next((step for step in self.steps if not step.is_done and not step.waits), None)

    @property
    def is_over(self) -> bool:
        return self.done == len(self.steps)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """For the progress bar."""
        return [{"value": s.part, "of": s.whole, "is_current": s is self.current} for s in self.steps]


def get_first_hour(actor: Actor, office: Office) -> FirstHour:
    """The five steps of an office as they stand now, for this reader."""
    election = find_current_election(office.pk)
    day = clock.today(office.zone)
    steps = [
        _office(office),
        _election(election),
        _region(office, election),
        _roster(office, election, day),
        _texts(election),
    ]
    return FirstHour([_for_reader(step, actor) for step in steps], clock.now())


def _for_reader(step: Step, actor: Actor) -> Step:
    """The texts need two people whoever reads; every other step is done by one."""
    if _VERBS[step.key] not in actor.verbs:
        return step
    return replace(step, is_yours=True, who=step.who if step.key == "texts" else _("You"))


def _office(office: Office) -> Step:
    filled = sum(bool(getattr(office, name)) for name in OFFICE_FIELDS)
    known = _("{n} of {all} entries are known.").format(n=filled, all=len(OFFICE_FIELDS))
    return Step(
        "office",
        "building-bank",
        _("Office"),
        _("Letterhead, signatories, number pattern, and who works here."),
        known,
        _("Administrator"),
        15,
        filled if office.address else min(filled, len(OFFICE_FIELDS) - 1),
        _needed(office),
        "/kantor/",
        _("Fill in letterhead and signatories"),
    )


def _needed(office: Office) -> int:
    """The emblem may follow; without an address nothing can be printed."""
    return len(OFFICE_FIELDS) - (1 if office.address and not office.emblem else 0)


def _election(election: Election | None) -> Step:
    known = (
        _("{name}, voting on {day}.").format(name=election.name, day=formats.plain_date(election.voting_on))
        if election
        else _("The kind of election decides the number of members: PPK 5, PPS 3.")
    )
    return Step(
        "election",
        "calendar-event",
        _("Election"),
        _("Name, voting day, stages, and which bodies are formed."),
        known,
        _("Administrator"),
        5,
        1 if election and election.phrase else 0,
        1,
        "/pemilihan/",
        _("Set up the election"),
    )


def _region(office: Office, election: Election | None) -> Step:
    day = clock.today(office.zone)
    counts = count_below(office.path, day=day)
    known = _("{k} kecamatan, {v} villages.").format(k=counts.get(3, 0), v=formats.number(counts.get(4, 0)))
    if election:
        seats = [f"{formats.number(size.seats)} {size.kind}" for size in list_sizes(election, day)]
        known += " " + _("Hence the places: {seats}.").format(seats=formats.listed(seats))
    text = _("{name} is already read from the data of the Ministry of Home Affairs.").format(name=office.region.name)
    return Step(
        "region",
        "map-2",
        _("Region"),
        text,
        known,
        _("Administrator"),
        2,
        1 if office.checked_regions_at else 0,
        1,
        "/wilayah/",
        _("Look at the regions"),
    )


def _roster(office: Office, election: Election | None, day: date) -> Step:
    text = _("Import the .xlsx that you have, or add people one by one.")
    if election is None:
        return Step(
            "roster",
            "users-group",
            _("Roster"),
            text,
            _("Nobody is recorded yet."),
            _("Legal or HR officer"),
            20,
            0,
            1,
            "/badan/",
            _("Import the roster"),
            waits=_("Waits for step 2."),
        )
    members = in_office(office.path, election_id=election.pk, day=day).aggregate(n=Count("pk"))["n"]
    seats = sum(size.seats for size in list_sizes(election, day))
    known = _("{n} of {all} members are recorded.").format(n=formats.number(members), all=formats.number(seats))
    bodies = bodies_below(office.path, election_id=election.pk, day=day).count()
    known += " " + ngettext("{n} body.", "{n} bodies.", bodies).format(n=formats.number(bodies))
    return Step(
        "roster",
        "users-group",
        _("Roster"),
        text,
        known,
        _("Legal or HR officer"),
        20,
        members,
        _most_of(seats),
        "/badan/impor/",
        _("Import the roster"),
    )


def _most_of(seats: int) -> int:
    """Nine in ten: single vacancies are everyday work, not a step of the first hour."""
    return max(seats * 9 // 10, 1)


def _texts(election: Election | None) -> Step:
    text = _("Typed from the KPU's decree, with its number and scan.")
    if election is None:
        return Step(
            "texts",
            "file-text",
            _("Texts of oath and pact"),
            text,
            _("No text yet."),
            _("Two people: proposer and approver"),
            20,
            0,
            1,
            "/naskah/",
            _("Prepare the texts"),
            waits=_("Waits for step 2."),
        )
    ready, needed = count_ready(election.pk)
    known = _("{n} of {all} texts are in force.").format(n=ready, all=needed)
    return Step(
        "texts",
        "file-text",
        _("Texts of oath and pact"),
        text,
        known,
        _("Two people: proposer and approver"),
        20,
        ready,
        needed,
        "/naskah/",
        _("Prepare the texts"),
    )
