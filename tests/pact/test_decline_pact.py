"""Row P05: a member declines with a reason; two officers read it, the log says only that there is a decline."""

from datetime import timedelta

import pytest

from ikrar.core import clock
from ikrar.core.errors import NotAllowed, NotFound
from ikrar.ledger.models import AccessRecord, Entry, Opening
from ikrar.pact.actions import read_reason
from ikrar.pact.models import Decline, Signature
from pact.acting import NOW, Phone
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("P05")]
REASON = "Saya guru honorer dan masih mengajar tiap pagi sampai Desember."


def decline(phone: Phone, reason: str = REASON) -> None:
    answer = phone.post("/declines", {"points": [10], "reason": reason})
    assert answer.status_code == 201, answer.content


def test_a_member_declines(world: World, phone: Phone) -> None:
    decline(phone)
    made = Decline.objects.get()
    assert (made.membership_id, made.points, made.reason, made.declined_at) == (world.members["pps-1"].pk, [10], REASON, NOW)


def test_the_log_holds_neither_reason_nor_name(phone: Phone) -> None:
    decline(phone)
    entry = Entry.objects.get(kind="pact.declined")
    assert entry.leaf == "pakta-tolak"
    version = Decline.objects.get().text.version_id
    opening = bytes(Opening.objects.get(entry=entry).content)
    assert opening == f'ikrar-fakta/v1\n{{"version":"{version}"}}\n'.encode()


def test_signing_later_withdraws_it(phone: Phone) -> None:
    decline(phone)
    assert phone.send(phone.statement(phone.open())).status_code == 201
    assert Decline.objects.get().withdrawn_at == NOW
    assert Entry.objects.filter(kind="pact.decline_withdrawn").count() == 1


def test_a_second_reason_takes_the_place_of_the_first(phone: Phone) -> None:
    decline(phone)
    decline(phone, "Poin 10 saja.")
    assert [row.reason for row in Decline.objects.filter(withdrawn_at=None)] == ["Poin 10 saja."]
    assert Decline.objects.count() == 2


def test_the_same_sent_again_is_the_decline_that_stands(phone: Phone) -> None:
    decline(phone)
    decline(phone, f" {REASON} ")
    assert Decline.objects.get().withdrawn_at is None
    assert Entry.objects.filter(kind="pact.declined").count() == 1


def test_new_reasons_within_a_day_are_few(phone: Phone) -> None:
    for number in range(3):
        decline(phone, f"Alasan ke-{number}.")
    answer = phone.post("/declines", {"points": [10], "reason": "Alasan lain lagi."})
    assert (answer.status_code, answer.json()["code"]) == (429, "pact.declined_often")
    assert Entry.objects.filter(kind="pact.declined").count() == 3
    assert Decline.objects.get(withdrawn_at=None).reason == "Alasan ke-2."
    decline(phone, "Alasan ke-2.")
    with clock.travel(NOW + timedelta(days=1)):
        decline(phone, "Alasan lain lagi.")
    assert Decline.objects.get(withdrawn_at=None).reason == "Alasan lain lagi."


@pytest.mark.parametrize(
    ("points", "reason", "field"), [([10], " ", "reason"), ([12], REASON, "points"), ([10], "a" * 1001, "reason")]
)
def test_what_is_missing_is_said_at_its_field(phone: Phone, points: list[int], reason: str, field: str) -> None:
    answer = phone.post("/declines", {"points": points, "reason": reason})
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]
    assert not Decline.objects.exists()


def test_a_letter_that_no_database_takes_is_refused(phone: Phone) -> None:
    for text in ("Saya\0guru", "\ud800"):
        assert phone.post("/declines", {"points": [10], "reason": text}).status_code == 400
    assert not Decline.objects.exists()


def test_who_signed_does_not_decline_any_more(phone: Phone) -> None:
    phone.send(phone.statement(phone.open()))
    assert phone.post("/declines", {"points": [], "reason": REASON}).json()["code"] == "pact.signed_before"
    assert Signature.objects.count() == 1


def test_the_reason_is_read_by_two_roles_and_leaves_a_trace(world: World, phone: Phone) -> None:
    decline(phone)
    row = world.members["pps-1"].pk
    assert read_reason(actor=world.legal, membership_id=row).reason == REASON
    assert read_reason(actor=world.hr, membership_id=row).reason == REASON
    assert AccessRecord.objects.filter(what="decline_reason", subject=str(row)).count() == 2
    with pytest.raises(NotAllowed):
        read_reason(actor=world.chair, membership_id=row)
    with pytest.raises(NotFound):
        read_reason(actor=world.stranger, membership_id=row)
