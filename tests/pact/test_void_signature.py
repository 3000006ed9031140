"""Row P15 in its first form: a signature is voided or revoked with a reason, stays recorded, and counts no more."""

from datetime import date, timedelta

import pytest

from ikrar.core import clock
from ikrar.core.errors import Conflict, NotAllowed, RuleBroken
from ikrar.ledger.models import Entry
from ikrar.pact.actions import revoke_pact, void_signature
from ikrar.pact.models import Signature
from ikrar.pact.queries import signed
from ikrar.texts.rules import Start
from pact.acting import NOW, Phone, put_in_force
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("P15")]
ZONE = "Asia/Makassar"


def sign(phone: Phone) -> Signature:
    phone.send(phone.statement(phone.open()))
    return Signature.objects.get(voided_at=None)


def test_a_voided_signature_makes_room_for_a_new_one(world: World, phone: Phone) -> None:
    first = sign(phone)
    void_signature(actor=world.legal, signature_id=first.pk, reason="ponsel orang lain")
    entry = Entry.objects.get(kind="pact.voided")
    assert (entry.leaf, entry.replaces_id) == ("pembatalan", first.entry_id)
    assert sign(phone).pk != first.pk
    assert Signature.objects.count() == 2


def test_a_revoked_pact_has_its_own_leaf(world: World, phone: Phone) -> None:
    revoke_pact(actor=world.legal, signature_id=sign(phone).pk, reason="permintaan sendiri, surat 12 Nov")
    assert Entry.objects.get(kind="pact.revoked").leaf == "pakta-cabut"


def test_it_needs_a_reason_a_right_and_happens_once(world: World, phone: Phone) -> None:
    row = sign(phone)
    with pytest.raises(RuleBroken):
        void_signature(actor=world.legal, signature_id=row.pk, reason=" ")
    with pytest.raises(NotAllowed):
        void_signature(actor=world.chair, signature_id=row.pk, reason="keliru")
    void_signature(actor=world.legal, signature_id=row.pk, reason="keliru")
    with pytest.raises(Conflict):
        revoke_pact(actor=world.legal, signature_id=row.pk, reason="keliru")


def test_an_officer_voids_on_a_page_and_the_member_reads_why(world: World, phone: Phone) -> None:
    row, legal = sign(phone), world.client(world.legal)
    person, void = f"/pakta/orang/{row.membership_id}/", f"/pakta/tanda-tangan/{row.pk}/batalkan/"
    assert void in legal.get(person).text
    assert void not in world.client(world.chair).get(person).text
    assert legal.get(void).status_code == 200
    assert legal.post(void, {"meaning": "mistake", "reason": " "}).status_code == 422
    assert legal.post(void, {"meaning": "mistake", "reason": "ponsel orang lain"})["Location"] == person
    page = legal.get(person)
    assert [kept.fate for kept in page.context["signatures"]] == ["MISTAKE"]
    assert "ponsel orang lain" in page.text
    assert void not in page.text
    assert world.legal.name in page.text
    assert "ponsel orang lain" in phone.client.get("/beranda/data/").text


def test_who_signed_on_a_day(world: World, phone: Phone) -> None:
    row = sign(phone)
    today, before = date(2026, 11, 24), date(2026, 11, 23)
    assert [each.membership_id for each in signed(today, ZONE)] == [row.membership_id]
    assert not signed(before, ZONE).exists()
    void_signature(actor=world.legal, signature_id=row.pk, reason="keliru")
    assert not signed(today, ZONE).exists()


def test_the_day_ends_in_the_zone_of_the_office(world: World, phone: Phone) -> None:
    with clock.travel(NOW.replace(hour=16, minute=30)):  # 00.30 on the 25th in Tanah Bumbu
        sign(phone)
    assert not signed(date(2026, 11, 24), ZONE).exists()
    assert signed(date(2026, 11, 25), ZONE).count() == 1


@pytest.mark.row("P01")
def test_a_new_text_asks_again_and_the_old_day_stays_true(world: World, phone: Phone) -> None:
    sign(phone)
    with clock.travel(NOW + timedelta(days=3)):
        put_in_force(world, start=Start.CURRENT)
    assert signed(date(2026, 11, 24), ZONE).count() == 1
    assert not signed(date(2026, 11, 27), ZONE).exists()
