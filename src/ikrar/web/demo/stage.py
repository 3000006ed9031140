"""The stage of the demo: days, offices, officers, elections. Everything is done by an actor through an action."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ikrar.access.actions import DemoOfficer, create_demo_officer
from ikrar.access.law import roles
from ikrar.core import clock, uploads
from ikrar.core.actor import Actor, Kind, system
from ikrar.documents.actions import save_signatories
from ikrar.documents.queries import draw_specimen
from ikrar.documents.rules import SignatoryDetails
from ikrar.regions.actions import OfficeDetails, change_office, confirm_regions, create_office, load_regions
from ikrar.regions.queries import Office
from ikrar.registry.actions import ElectionDetails, create_election
from ikrar.registry.queries import Election
from ikrar.web.demo.cast import OFFICERS

DAYS_BEFORE_VOTING = 16
WHY = "demo"


@dataclass(frozen=True)
class Days:
    """The days of the story, counted back from voting day, which is 16 days after the first start."""

    voting: date

    def before(self, days: int) -> date:
        return self.voting - timedelta(days=days)

    @property
    def founded(self) -> date:
        return self.before(215)

    @property
    def ppk_sworn(self) -> date:
        return self.before(195)

    @property
    def pps_sworn(self) -> date:
        return self.before(185)

    @property
    def late_sworn(self) -> date:
        return self.before(176)

    @property
    def pact_from(self) -> date:
        return self.before(30)

    @property
    def term_until(self) -> date:
        return self.voting + timedelta(days=61)


@dataclass
class Stage:
    """One regency of the demo with its officers by `who`."""

    office: Office
    election: Election
    officers: dict[str, Actor] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.office.path.rstrip(".")

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment in the office's zone."""
        return datetime.combine(day, time(hour, minute), ZoneInfo(self.office.zone))

    def scan(self, number: str) -> bytes:
        """A scanned sheet with the office's letterhead that shows no more than this number, as PDF."""
        return uploads.images_to_pdf([draw_specimen(self.office, number=number)])


def found(days: Days) -> dict[str, Stage]:
    """Regions, the province, and the two offices with their officers and elections."""
    load_regions({"63", "75"})
    create_office(actor=system(WHY), code="63", keeps_registry=False)
    stages = {code: _open_office(code, days) for code in ("63.10", "75.71")}
    for officer in OFFICERS:
        actor = create_demo_officer(
            actor=system(WHY),
            officer=DemoOfficer(officer.region, officer.who, officer.role, officer.name, officer.title),
        )
        if officer.region in stages:
            stages[officer.region].officers[officer.who] = actor
    for stage in stages.values():
        _settle(stage)
    return stages


PLACES = {"63.10": ("Batulicin", "72271", "(0518) 000000"), "75.71": ("Gorontalo", "96100", "(0435) 000000")}
NIPS = {"63.10": "197903122005021999", "75.71": "198107242006042999"}  # made up
PHRASE = "Pemilihan Gubernur dan Wakil Gubernur serta {heads} Tahun {year}"


def _open_office(code: str, days: Days) -> Stage:
    office = create_office(actor=system(WHY), code=code)
    heads = "Wali Kota dan Wakil Wali Kota" if ".7" in code else "Bupati dan Wakil Bupati"
    details = ElectionDetails(
        kind="PILKADA",
        name=f"Pilkada {days.voting.year}",
        voting_on=days.voting,
        phrase=PHRASE.format(heads=heads, year=days.voting.year),
        term_from=days.ppk_sworn,
        term_until=days.term_until,
        stages=[
            {"name": "Pelantikan PPK", "from": days.ppk_sworn.isoformat(), "to": days.ppk_sworn.isoformat()},
            {"name": "Pelantikan PPS", "from": days.pps_sworn.isoformat(), "to": days.pps_sworn.isoformat()},
            {"name": "Pemungutan suara", "from": days.voting.isoformat(), "to": days.voting.isoformat()},
        ],
    )
    founder = Actor(Kind.SYSTEM, WHY, office.path, "SYSTEM", roles()["ADMIN"].verbs, "Ikrar")
    return Stage(office, create_election(actor=founder, office_id=office.pk, details=details))


def _settle(stage: Stage) -> None:
    """The administrator fills in the letterhead and who signs, and looks at the regions."""
    admin, office = stage.officers["admin"], stage.office
    city, post, phone = PLACES[stage.code]
    details = OfficeDetails(
        line_1=office.line_1,
        line_2=office.line_2,
        address=f"Jalan Contoh Nomor 1, {city} {post}",
        city=city,
        phone=phone,
        email="contoh@kpu.contoh.id",
        hours="Senin sampai Jumat, pukul 08.00 sampai 16.00",
        number_pattern=office.number_pattern,
        zone=office.zone,
        paper="A4",
    )
    change_office(actor=admin, office_id=office.pk, details=details, version=office.version)
    save_signatories(
        actor=admin,
        office_id=office.pk,
        signatories=[
            SignatoryDetails(stage.officers["chair"].name, "Ketua"),
            SignatoryDetails(stage.officers["secretary"].name, "Sekretaris", NIPS[stage.code]),
        ],
    )
    confirm_regions(actor=admin, office_id=office.pk)


def first_day() -> Days:
    """The story's days for a first start now."""
    return Days(clock.today("Asia/Makassar") + timedelta(days=DAYS_BEFORE_VOTING))
