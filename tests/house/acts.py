"""Ceremonies in every state, paper pacts and declines of the prepared world."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from PIL import Image

from house.places import OFFICE, PPK, Desk, Stage, nik_of, phone_of
from ikrar.core import clock
from ikrar.documents.models import Scan
from ikrar.oath import actions as oath
from ikrar.oath.models import Ceremony
from ikrar.oath.rules import Mark
from ikrar.pact import actions as pact
from ikrar.pact.rules import PaperFields
from ikrar.registry.actions import Appointment, PersonDetails, add_member
from ikrar.registry.models import Membership
from ikrar.texts.queries import get_text_in_force
from ikrar.texts.rules import TextKind
from oath.steps import DETAILS
from world import PDF, SWORN

# The villages whose ceremony stands in each state; in the last one somebody still waits to be called.
VILLAGES = {"calling": "63.10.06.2003", "finished": "63.10.06.2004", "printed": "63.10.06.2005", "scanned": "63.10.06.2006"}
WAITING = "63.10.06.2007"
ELSEWHERE = {"63.01": "63.01.01.2002", "75.71": "75.71.01.1002"}


def add_ceremonies(stage: Stage) -> None:
    """One in every state at home, one that is being called elsewhere: nothing else of it is ever shown."""
    number = 0
    for state, village in VILLAGES.items():
        number += 1
        ceremony, member = _prepare(stage.desks[OFFICE], village, number)
        _bring_to(state, stage.desks[OFFICE], ceremony, member)
        stage.put(state, OFFICE, ceremony.pk)
        if state == "finished":
            stage.put("sworn", OFFICE, member.pk)
        if state == "scanned":
            stage.put("scan", OFFICE, Scan.objects.get(paper__subject=str(ceremony.pk)).pk)
    _seat(stage.desks[OFFICE], WAITING, 90)
    for place, village in ELSEWHERE.items():
        number += 1
        ceremony, member = _prepare(stage.desks[place], village, number)
        for state in VILLAGES:
            stage.put(state, place, ceremony.pk)
        stage.put("sworn", place, member.pk)
        stage.put("scan", place, stage.at["scan"][OFFICE])


def _seat(desk: Desk, village: str, number: int) -> Membership:
    last4, born = f"30{number:02d}", date(1990, 1, 1 + number % 28)
    person = PersonDetails(f"Anggota {_WORDS[number % len(_WORDS)]}", "", born, nik_of(last4, born), phone_of(last4))
    return add_member(
        actor=desk.clerk, body_code=village, election_id=desk.election.pk, person=person,
        appointment=Appointment("CHAIR", SWORN, "97 Tahun 2026", SWORN),
    )


_WORDS = ("Ulin", "Meranti", "Kenanga", "Jelutung", "Mahoni", "Kapul", "Rambai", "Tarap")


def _prepare(desk: Desk, village: str, number: int) -> tuple[Ceremony, Membership]:
    member = _seat(desk, village, number)
    details = replace(DETAILS, held_at=clock.now(), decree_on=SWORN)
    made = oath.create_ceremony(
        actor=desk.clerk, election_id=desk.election.pk, body_kind="PPS", paths=(f"{village}.",), details=details
    )
    oath.set_mark(actor=desk.clerk, ceremony_id=made.pk, membership_id=member.pk, mark=Mark.PRESENT)
    return made, member


def _bring_to(state: str, desk: Desk, ceremony: Ceremony, member: Membership) -> None:
    if state == "calling":
        return
    oath.finish_ceremony(actor=desk.clerk, ceremony_id=ceremony.pk)
    oath.name_signers(actor=desk.clerk, ceremony_id=ceremony.pk, representatives=[str(member.pk)], copies=3)
    if state in ("printed", "scanned"):
        oath.print_record(actor=desk.clerk, ceremony_id=ceremony.pk)
    if state == "scanned":
        oath.attach_record_scan(actor=desk.clerk, ceremony_id=ceremony.pk, files=[("ba.pdf", PDF)])


def photo() -> bytes:
    """A picture of a sheet."""
    out = BytesIO()
    Image.new("RGB", (300, 400), "white").save(out, "JPEG")
    return out.getvalue()


def read_sheet_of(row: Membership) -> PaperFields:
    """What stands on the sheet of a member."""
    day = clock.today(row.election.office.zone)
    text = get_text_in_force(TextKind.PACT, row.body.kind, election_id=row.election_id, day=day)
    return PaperFields(str(row.pk), text.label, True, day)


def add_papers(stage: Stage) -> None:
    """A sheet that waits for the second officer, one that came back to the first; everywhere one that waits."""
    home = stage.desks[OFFICE]
    second = stage.actors["HR_OFFICER"]
    for kind, key in (("entry", "ppk-other"), ("returned", "ppk-sibling")):
        row = stage.people[key]
        made = pact.enter_paper_first(actor=home.clerk, fields=read_sheet_of(row), file=("pakta.jpg", photo()))
        if kind == "returned":
            made = pact.return_paper(actor=second, entry_id=made.pk, note="Tanggal tidak terbaca", version=made.version)
        stage.put(kind, PPK, made.pk)
    for place, key in (("63.01.01.2001", "regency-sibling"), ("75.71.01.1001", "pps-other-province")):
        desk = stage.desks[place[:5]]
        made = pact.enter_paper_first(
            actor=desk.clerk, fields=read_sheet_of(stage.people[key]), file=("pakta.jpg", photo())
        )
        for kind in ("entry", "returned"):
            stage.put(kind, place, made.pk)


def add_declines(stage: Stage) -> None:
    """Somebody below who does not agree; elsewhere nobody, which looks the same from outside."""
    places = {"63.10.05.2002": "pps-other", "63.01.01.2001": "regency-sibling", "75.71.01.1001": "pps-other-province"}
    for place, key in places.items():
        if place.startswith(OFFICE):
            pact.decline_pact(actor=stage.world.member(key), points=[1], reason="Saya masih guru honorer")
        stage.put("declined", place, stage.people[key].pk)
