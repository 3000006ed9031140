"""A pact on paper (level D): two officers, blind, compared; only when both read the same is it recorded."""

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from ikrar.core.errors import Conflict, NotAllowed, RuleBroken
from ikrar.core.sandbox import Unreadable
from ikrar.ledger.models import Entry, Opening
from ikrar.pact.actions import correct_paper, discard_paper, enter_paper_first, enter_paper_second, return_paper
from ikrar.pact.models import PaperEntry, PaperScan, Signature
from ikrar.pact.rules import PaperFields
from ikrar.registry.actions import note_oaths
from ikrar_proof.leaf import parse_opening
from ikrar_proof.statement import check_evidence
from pact.acting import Phone
from world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(world: World) -> PaperFields:
    """What stands on the sheet of Jamilah, who has sworn."""
    note_oaths([world.members["pps-1"].pk], date(2026, 6, 1))
    return PaperFields(str(world.members["pps-1"].pk), "2026-1", has_ink=True, day=date(2026, 11, 20))


def photo() -> tuple[str, bytes]:
    """A photograph that says where and with which phone it was taken."""
    made, out = Image.new("RGB", (300, 400), "white"), io.BytesIO()
    exif = Image.Exif()
    exif[0x0110] = "Ponsel Rahasia 12"
    made.save(out, "JPEG", exif=exif)
    return "pakta-manuntung.jpg", out.getvalue()


def enter(world: World, fields: PaperFields) -> PaperEntry:
    return enter_paper_first(actor=world.hr, fields=fields, file=photo())


def test_two_officers_who_read_the_same_record_a_pact(world: World, fields: PaperFields) -> None:
    entry = enter(world, fields)
    done = enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=fields, version=entry.version)
    assert done.state == "RECORDED"
    taken = Signature.objects.get()
    assert (taken.level, taken.key, taken.membership_id) == ("D", "-", world.members["pps-1"].pk)
    assert done.signature_id == taken.pk


@pytest.mark.row("P04")
def test_the_evidence_names_scan_and_both_officers(world: World, fields: PaperFields) -> None:
    entry = enter(world, fields)
    enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=fields, version=entry.version)
    opening = Opening.objects.get(entry__kind="pact.signed")
    _, facts = parse_opening(bytes(opening.content))
    assert check_evidence(facts).client_time == "2026-11-20T00:00:00+08:00"
    assert facts["scan"] == f"sha256:{PaperScan.objects.get().hash}"
    assert [officer["account"] for officer in facts["officers"]] == [world.hr.subject, world.legal.subject]
    assert Entry.objects.get(kind="pact.paper_scanned").leaf == "pindaian"


def test_nothing_counts_before_the_second_entry(world: World, fields: PaperFields) -> None:
    enter(world, fields)
    assert not Signature.objects.exists()
    assert not Entry.objects.filter(leaf__in=["pakta-tandatangan", "pindaian"]).exists()


def test_the_same_account_cannot_be_second(world: World, fields: PaperFields) -> None:
    entry = enter(world, fields)
    with pytest.raises(RuleBroken) as caught:
        enter_paper_second(actor=world.hr, entry_id=entry.pk, fields=fields, version=entry.version)
    assert caught.value.code.name == "SAME_ACCOUNT"
    assert not Signature.objects.exists()


def test_who_saw_both_entries_cannot_adapt_the_own(world: World, fields: PaperFields) -> None:
    entry = enter(world, fields)
    other = replace(fields, day=date(2026, 11, 21))
    entry = enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=other, version=entry.version)
    assert entry.state == "DIFFERS"
    compared = Opening.objects.get(entry__kind="pact.paper_compared")
    assert parse_opening(bytes(compared.content))[1]["differing"] == ["day"]
    with pytest.raises(RuleBroken) as caught:
        enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=fields, version=entry.version)
    assert caught.value.code.name == "SEEN_FIRST"
    assert not Signature.objects.exists()


def test_a_third_officer_may_read_what_two_read_differently(world: World, fields: PaperFields) -> None:
    entry = enter(world, fields)
    other = replace(fields, day=date(2026, 11, 21))
    entry = enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=other, version=entry.version)
    third = replace(world.legal, subject="third-officer", name="Murjani Ulin")
    entry = enter_paper_second(actor=third, entry_id=entry.pk, fields=other, version=entry.version)
    with pytest.raises(RuleBroken):
        enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=fields, version=entry.version)
    third = replace(third, subject="fourth-officer")
    entry = enter_paper_second(actor=third, entry_id=entry.pk, fields=fields, version=entry.version)
    assert (entry.state, entry.second_by) == ("RECORDED", "fourth-officer")


def test_a_returned_paper_is_read_again_by_the_first(world: World, fields: PaperFields) -> None:
    wrong = replace(fields, day=date(2026, 11, 21))
    entry = enter(world, wrong)
    entry = enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=fields, version=entry.version)
    entry = return_paper(actor=world.legal, entry_id=entry.pk, note="tanggalnya 20", version=entry.version)
    entry = correct_paper(actor=world.hr, entry_id=entry.pk, fields=fields, version=entry.version)
    assert (entry.state, entry.second) == ("WAITING", None)
    done = enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=fields, version=entry.version)
    assert done.state == "RECORDED"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"has_ink": False}, "has_ink"),
        ({"day": date(2026, 11, 25)}, "day"),
        ({"day": date(2026, 5, 31)}, "day"),
        ({"day": date(2026, 11, 17)}, "day"),
        ({"version": "2025-9"}, "version"),
    ],
)
def test_a_sheet_that_is_no_pact_is_refused_at_its_field(
    world: World, fields: PaperFields, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as caught:
        enter(world, replace(fields, **changed))  # type: ignore[arg-type]
    assert list(caught.value.fields) == [field]
    assert not PaperEntry.objects.exists()


def test_a_sheet_is_not_older_than_its_text(world: World, fields: PaperFields) -> None:
    with pytest.raises(RuleBroken) as caught:
        enter(world, replace(fields, day=date(2026, 11, 17)))
    code, facts = caught.value.fields["day"]
    assert (code.name, facts["text_day"], facts["version"]) == ("DAY_BEFORE_TEXT", date(2026, 11, 18), "2026-1")
    enter(world, replace(fields, day=date(2026, 11, 18)))


def test_who_signed_on_a_phone_needs_no_paper(world: World, fields: PaperFields, phone: Phone) -> None:
    entry = enter(world, fields)
    phone.send(phone.statement(phone.open()))
    with pytest.raises(RuleBroken) as caught:
        enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=fields, version=entry.version)
    assert caught.value.fields["person"][0].name == "SIGNED_ON_PHONE"
    assert Signature.objects.get().level == "B"


def test_one_sheet_a_person_waits(world: World, fields: PaperFields) -> None:
    enter(world, fields)
    with pytest.raises(Conflict):
        enter(world, fields)


def test_an_unsworn_person_and_a_foreign_officer_are_refused(world: World, fields: PaperFields) -> None:
    with pytest.raises(RuleBroken) as caught:
        enter(world, replace(fields, person=str(world.members["pps-2"].pk)))
    assert caught.value.fields["person"][0].name == "NOT_SWORN"
    with pytest.raises(NotAllowed):
        enter_paper_first(actor=world.chair, fields=fields, file=photo())


def test_the_picture_keeps_neither_place_nor_phone(world: World, fields: PaperFields) -> None:
    enter(world, fields)
    scan = PaperScan.objects.get()
    assert b"Rahasia" in photo()[1]
    assert b"Rahasia" not in bytes(scan.content)


def test_a_file_that_is_no_scan_is_told_so(world: World, fields: PaperFields) -> None:
    with pytest.raises(Unreadable):
        enter_paper_first(actor=world.hr, fields=fields, file=("pakta.jpg", b"x" * 100))


def test_an_unreadable_paper_is_set_aside_with_a_reason(world: World, fields: PaperFields) -> None:
    entry = enter(world, fields)
    entry = discard_paper(actor=world.legal, entry_id=entry.pk, reason="tidak terbaca", version=entry.version)
    assert (entry.state, entry.note) == ("DISCARDED", "tidak terbaca")
    enter(world, fields)
