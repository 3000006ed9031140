"""Row P02, P04: a member signs on a phone, through the API; every wrong statement is refused and nothing is half done."""

import base64
from datetime import date, timedelta
from typing import Any

import pytest

from ikrar.access.actions import revoke_keys
from ikrar.access.models import Session
from ikrar.core import clock
from ikrar.ledger.models import Entry, Opening, PublicCode
from ikrar.pact.models import Nonce, Signature
from ikrar.registry.actions import Ending, end_member, note_oaths
from ikrar.registry.models import Membership
from ikrar.texts.rules import Start
from ikrar_proof.leaf import parse_opening
from ikrar_proof.statement import check_evidence
from pact.acting import NOW, Phone, let_in, put_in_force
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("P04")]


def refused(answer: Any, status: int, code: str) -> None:
    """The answer is this refusal, in a sentence, and nothing was recorded."""
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert answer.json()["message"]
    assert not Signature.objects.exists()
    assert not Entry.objects.filter(kind="pact.signed").exists()


def test_a_member_signs(world: World, phone: Phone) -> None:
    page = phone.open()
    statement = phone.statement(page)
    answer = phone.send(statement)
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert (said["level"], said["leaf"], said["holder"]) == ("B", None, "Jamilah Ulfah Rambai")
    assert said["signed_words"] == "Selasa, 24 November 2026 pukul 10.13 WITA"
    taken = Signature.objects.get()
    assert (taken.membership_id, taken.signed_at, taken.flags) == (world.members["pps-1"].pk, NOW, [])
    assert said["code"].startswith(taken.code)
    assert PublicCode.objects.get(code=taken.code).subject == str(taken.pk)


def test_the_evidence_is_the_opening_and_verifies_by_itself(world: World, phone: Phone) -> None:
    statement = phone.statement(phone.open())
    phone.send(statement)
    entry = Entry.objects.get(kind="pact.signed")
    label, facts = parse_opening(bytes(Opening.objects.get(entry=entry).content))
    assert label == "ikrar-bukti/v1"
    assert check_evidence(facts).to_bytes() == statement
    assert (facts["server_time"], facts["identity_checked"], facts["enrolled_by"]) == ("2026-11-24T02:13:00Z", False, "link")
    assert bytes(entry.object_sha256 or b"").hex() == Signature.objects.get().text.hash


def test_a_signature_costs_few_queries(phone: Phone, django_assert_max_num_queries: Any) -> None:
    """The gate's and the signature's savepoints are two each of them."""
    statement = phone.statement(phone.open())
    with django_assert_max_num_queries(20):
        assert phone.send(statement).status_code == 201


@pytest.mark.row("X09")
def test_the_statement_sent_again_gives_the_same_receipt(world: World, phone: Phone) -> None:
    statement = phone.statement(phone.open())
    signature = phone.sign(statement)
    first, second = (phone.send(statement, signature=signature) for _ in range(2))
    assert first.json() == second.json()
    assert Entry.objects.filter(kind="pact.signed").count() == 1


def test_a_pact_is_signed_once(world: World, phone: Phone) -> None:
    first, second = phone.open(), phone.open()
    phone.send(phone.statement(first))
    answer = phone.send(phone.statement(second))
    assert (answer.status_code, answer.json()["code"]) == (409, "pact.signed_before")
    assert "24 November 2026" in answer.json()["message"]
    assert Signature.objects.count() == 1
    assert phone.post("/openings").json()["code"] == "pact.signed_before"


def test_a_nonce_counts_once(world: World, phone: Phone) -> None:
    page = phone.open()
    Nonce.objects.update(used_at=NOW)
    refused(phone.send(phone.statement(page)), 409, "pact.nonce_used")


def test_an_old_version_is_refused_and_the_new_one_asked(world: World, phone: Phone) -> None:
    page = phone.open()
    with clock.travel(NOW + timedelta(days=1)):
        put_in_force(world, start=Start.CURRENT)
        refused(phone.send(phone.statement(page)), 422, "pact.replaced")
        assert phone.post("/openings").json()["version"] != page["version"]


def test_who_left_cannot_sign(world: World, phone: Phone) -> None:
    page = phone.open()
    Membership.objects.update(ended_on=date(2026, 11, 23))
    refused(phone.send(phone.statement(page)), 422, "pact.not_serving")


def test_who_was_ended_is_signed_out(world: World, phone: Phone) -> None:
    page = phone.open()
    ending = Ending("RESIGNED", date(2026, 11, 23))
    end_member(actor=world.legal, membership_id=world.members["pps-1"].pk, ending=ending)
    refused(phone.send(phone.statement(page)), 401, "access.sign_in")


def test_the_pact_follows_the_oath(world: World, phone: Phone) -> None:
    note_oaths([world.members["pps-1"].pk], None)
    page = phone.open()
    assert page["is_sworn"] is False
    refused(phone.send(phone.statement(page)), 422, "pact.not_sworn")


def test_another_persons_statement_is_refused(world: World, phone: Phone) -> None:
    other = Phone(let_in(world, "pps-chair", born_on=date(1988, 8, 17)), phone.key)
    page = other.open()
    phone.register()
    refused(phone.send(phone.statement(page)), 422, "pact.not_yours")
    own = {"signer": str(world.members["pps-1"].pk)}
    refused(phone.send(phone.statement(page, **own)), 422, "pact.nonce_unknown")


def test_another_key_is_refused(world: World, phone: Phone) -> None:
    page = phone.open()
    stranger = Phone(phone.client)
    refused(stranger.send(stranger.statement(page)), 422, "pact.key_unknown")
    forged = stranger.sign(phone.statement(page))
    refused(phone.send(phone.statement(page), signature=forged), 400, "pact.signature_wrong")


def test_a_revoked_key_signs_nothing(world: World, phone: Phone) -> None:
    page = phone.open()
    revoke_keys(actor=world.legal, subject=world.members["pps-1"].pk)
    refused(phone.send(phone.statement(page)), 422, "pact.key_revoked")


def test_the_way_of_enrolment_is_that_of_the_session_which_made_the_key_known(world: World, phone: Phone) -> None:
    Session.objects.update(opened_by="code")
    statement = phone.statement(phone.open())
    Session.objects.update(opened_by="link")
    assert phone.send(statement).status_code == 201
    _, facts = parse_opening(bytes(Opening.objects.get(entry__kind="pact.signed").content))
    assert facts["enrolled_by"] == "code"


def test_an_enrolment_that_nobody_recorded_signs_nothing(world: World, phone: Phone) -> None:
    Session.objects.update(opened_by="")
    refused(phone.send(phone.statement(phone.open())), 422, "pact.enrolment_unknown")


def test_the_questions_come_first(world: World, phone: Phone) -> None:
    page = phone.post("/openings").json()
    phone.register()
    refused(phone.send(phone.statement(page)), 422, "pact.questions_open")


def test_a_page_lives_thirty_days(world: World, phone: Phone) -> None:
    page = phone.open()
    Nonce.objects.update(expires_at=NOW)
    refused(phone.send(phone.statement(page)), 422, "pact.nonce_expired")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("position", "PPS 63.10.05.2001"),
        ("document", "sha256:" + "0" * 64),
        ("event", "0d9e3f4a-8f54-4c39-9a52-6a2f6f3f9f10"),
    ],
)
def test_a_statement_must_say_what_was_issued(world: World, phone: Phone, field: str, value: str) -> None:
    page = phone.open()
    code = "pact.not_yours" if field == "position" else "pact.other_text"
    refused(phone.send(phone.statement(page, **{field: value})), 422, code)


@pytest.mark.parametrize("spoil", [b"", b"x", b"ikrar-pernyataan/v1\n"])
def test_what_is_no_statement_is_told_so(world: World, phone: Phone, spoil: bytes) -> None:
    phone.open()
    refused(phone.send(spoil), 400, "pact.malformed")
    refused(phone.send(phone.statement(phone.open()) + spoil + b"\n"), 400, "pact.malformed")


def test_a_body_that_is_no_signature_is_told_so(world: World, phone: Phone) -> None:
    answer = phone.post("/signatures", {"statement": "x", "signature": "not base64", "pin": "402917"})
    assert (answer.status_code, answer.json()["code"]) == (400, "core.invalid")
    assert answer.json()["data"] == {"places": ["signature"]}


def test_five_wrong_pins_wait_and_lose_nothing(world: World, phone: Phone) -> None:
    statement = phone.statement(phone.open())
    answers = [phone.send(statement, pin="111222") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert [answer.json()["data"]["tries"] for answer in answers] == [4, 3, 2, 1, 0]
    refused(phone.send(statement), 403, "access.locked")
    with clock.travel(NOW + timedelta(minutes=16)):
        assert phone.send(statement).status_code == 201


def test_a_clock_far_off_is_flagged_and_not_refused(world: World, phone: Phone) -> None:
    page = phone.open()
    answer = phone.send(phone.statement(page, client_time="2031-01-01T00:00:00+08:00"))
    assert answer.status_code == 201
    assert Signature.objects.get().flags == ["CLOCK"]


def test_a_key_of_two_members_is_flagged(world: World, phone: Phone) -> None:
    phone.send(phone.statement(phone.open()))
    chair = Phone(let_in(world, "pps-chair", born_on=date(1988, 8, 17)), phone.key)
    assert chair.send(chair.statement(chair.open())).status_code == 201
    assert Signature.objects.get(membership=world.members["pps-chair"]).flags == ["SHARED_KEY"]


def test_no_member_reads_another_ones_pact(world: World, phone: Phone) -> None:
    phone.send(phone.statement(phone.open()))
    chair = Phone(let_in(world, "pps-chair", born_on=date(1988, 8, 17)))
    assert chair.client.get("/api/v1/pact/signatures/current").status_code == 404


def test_the_answers_to_the_questions_are_kept_nowhere(world: World, phone: Phone) -> None:
    page = phone.open()
    assert [question["id"] for question in page["questions"]] == ["Q27", "Q28", "Q01"]
    assert Nonce.objects.get().questions_at == NOW
    opening = Opening.objects.get(entry__kind="pact.questions_completed")
    assert bytes(opening.content) == f'ikrar-fakta/v1\n{{"version":"{page["version"]}"}}\n'.encode()


def test_other_sites_cannot_sign(world: World, phone: Phone) -> None:
    statement = phone.statement(phone.open())
    body = {"statement": statement.decode(), "signature": base64.b64encode(phone.sign(statement)).decode(), "pin": "402917"}
    answer = phone.client.post(
        "/api/v1/pact/signatures", data=body, content_type="application/json", headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert not Signature.objects.exists()
