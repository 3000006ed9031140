"""Rows P17, P01, S01: the second person decides; what is approved never changes; the old stays as it was."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import Error, connection, transaction

from drafts import approve, begin, propose
from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.errors import NotAllowed, NotFound, RuleBroken
from ikrar.ledger.models import Entry
from ikrar.texts import actions, queries
from ikrar.texts.models import DecreeScan, TextVersion
from ikrar.texts.rules import Start, TextKind
from world import World, officer, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("P17")]


def press(world: World, actor: Actor, text: TextVersion, act: str, **data: Any) -> Any:
    return world.client(actor).post(f"/naskah/{text.pk}/{act}/", {"version": text.version, **data})


def test_another_officer_approves_and_the_text_is_in_force(world: World) -> None:
    text = propose(world)
    assert press(world, world.chair, text, "setujui").headers["Location"] == f"/naskah/{text.pk}/"
    text.refresh_from_db()
    assert (text.state, text.approved_by, text.approved_name) == ("approved", world.chair.subject, "Hamdani Mahoni")
    entry = Entry.objects.get(kind="texts.pact_version")
    assert (entry.subject, entry.actor) == (str(text.pk), world.chair.subject)
    assert bytes(entry.object_sha256) == sha256(bytes(text.file)).digest()
    found = queries.get_text_in_force(TextKind.PACT, "PPS", election_id=world.election.pk, day=text.in_force_from)
    assert found.pk == text.pk


def test_before_approval_there_is_nothing_to_sign(world: World) -> None:
    text = propose(world)
    day = text.proposed_at.date()
    assert queries.find_text_in_force(TextKind.PACT, "PPS", election_id=world.election.pk, day=day) is None
    with pytest.raises(NotFound):
        queries.get_text(text.pk)
    with pytest.raises(NotFound):
        queries.get_public_text(text.hash)


def test_the_proposer_cannot_approve_even_with_the_chairs_role(world: World) -> None:
    text = propose(world)
    assert press(world, world.legal, text, "setujui").status_code == 403
    both = Actor(world.chair.kind, world.legal.subject, "63.10.", "CHAIR", world.chair.verbs, "Rusmini Kenanga")
    with pytest.raises(RuleBroken) as refused:
        actions.approve_text(actor=both, text_id=text.pk, version=text.version)
    assert refused.value.code.key == "texts.own_proposal"
    text.refresh_from_db()
    assert text.state == "proposed"


def test_who_wrote_it_cannot_approve_what_another_proposed(world: World) -> None:
    text = begin(world)
    text = actions.save_draft(actor=world.hr, text_id=text.pk, version=text.version, content=text.typed)
    TextVersion.objects.filter(pk=text.pk).update(state="proposed", proposed_by=world.legal.subject)
    hr_as_secretary = Actor(world.hr.kind, world.hr.subject, "63.10.", "SECRETARY", world.chair.verbs)
    with pytest.raises(RuleBroken) as refused:
        actions.approve_text(actor=hr_as_secretary, text_id=text.pk, version=text.version)
    assert refused.value.code.key == "texts.own_proposal"


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("admin", 403), ("hr", 403), ("supervisor", 403)])
def test_who_may_not_approve_is_told_so(world: World, who: str, status: int) -> None:
    text = propose(world)
    assert press(world, getattr(world, who), text, "setujui").status_code == status
    assert TextVersion.objects.get().state == "proposed"


def test_a_chair_of_another_office_does_not_find_it(world: World) -> None:
    text = propose(world)
    other = officer("CHAIR", "75.71.", "Idris Gorontalo")
    assert press(world, other, text, "setujui").status_code == 404


def test_who_signed_in_long_ago_proves_it_again_first(world: World) -> None:
    text, client = propose(world), world.client(world.chair)
    with clock.travel(clock.now() + timedelta(minutes=16)):
        answer = client.post(f"/naskah/{text.pk}/setujui/", {"version": text.version})
    assert answer.headers["Location"] == f"/masuk/lagi/?lanjut=%2Fnaskah%2F{text.pk}%2F"
    assert TextVersion.objects.get().state == "proposed"


def test_the_action_itself_asks_for_a_fresh_proof(world: World) -> None:
    text = propose(world)
    gone = replace(world.chair, session=str(text.pk))
    with pytest.raises(NotAllowed):
        approve(world, text, gone)


def test_it_is_approved_once(world: World) -> None:
    text = propose(world)
    press(world, world.chair, text, "setujui")
    assert press(world, world.chair, text, "setujui").status_code == 422
    assert Entry.objects.filter(kind="texts.pact_version").count() == 1


def test_what_changed_after_reading_is_not_approved(world: World) -> None:
    text = propose(world)
    read = text.version
    text = actions.withdraw_text(actor=world.legal, text_id=text.pk, version=read)
    actions.propose_text(actor=world.legal, text_id=text.pk, version=text.version)
    answer = world.client(world.chair).post(f"/naskah/{text.pk}/setujui/", {"version": read})
    assert answer.status_code == 409
    assert "berubah setelah Anda membukanya" in answer.content.decode()


def test_a_returned_text_carries_its_reason_back(world: World, head: Actor) -> None:
    text = propose(world)
    press(world, head, text, "kembalikan", reason="Poin 4 tidak sama dengan keputusan.")
    text.refresh_from_db()
    assert (text.state, text.returned_name) == ("returned", "Murjani Ulin")
    page = world.client(world.legal).get(f"/naskah/{text.pk}/ubah/").content.decode()
    assert "Dikembalikan oleh Murjani Ulin" in page
    assert "Poin 4 tidak sama dengan keputusan." in page
    assert actions.propose_text(actor=world.legal, text_id=text.pk, version=text.version).state == "proposed"


def test_a_text_is_not_returned_without_a_reason(world: World) -> None:
    text = propose(world)
    answer = press(world, world.chair, text, "kembalikan", reason="  ")
    assert "Tulis alasan naskah dikembalikan" in answer.content.decode()
    assert TextVersion.objects.get().state == "proposed"


@pytest.mark.row("P01")
def test_a_new_version_replaces_the_old_and_leaves_its_bytes(world: World) -> None:
    first = approve(world, propose(world))
    before = bytes(first.file)
    second = approve(world, propose(world, "Menyelenggarakan {nama_pemilihan} menurut keputusan baru."))
    first.refresh_from_db()
    assert (first.state, first.replaced_by_id, bytes(first.file)) == ("replaced", second.pk, before)
    assert (second.label, second.version_id) == ("2026-2", "pakta-pps-63.10-2026-2")
    told = Entry.objects.get(subject=str(second.pk), leaf="versi-pakta")
    assert told.replaces_id == Entry.objects.get(subject=str(first.pk), leaf="versi-pakta").pk
    assert queries.compare_with_previous(second).changed == 1
    day = second.in_force_from
    found = queries.get_text_in_force(TextKind.PACT, "PPS", election_id=world.election.pk, day=day)
    assert found.pk == second.pk


@pytest.mark.parametrize("change", [
    "UPDATE texts_textversion SET file = 'x'",
    "UPDATE texts_textversion SET wording = '{}'",
    "UPDATE texts_textversion SET sha256 = 'x', state = 'replaced'",
    "UPDATE texts_textversion SET state = 'draft'",
    "DELETE FROM texts_textversion",
    "UPDATE texts_decreescan SET content = 'x'",
    "DELETE FROM texts_decreescan",
])
def test_the_database_itself_keeps_an_approved_text(world: World, change: str) -> None:
    text = approve(world, propose(world))
    with pytest.raises(Error, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    text.refresh_from_db()
    assert text.state == "approved"
    assert DecreeScan.objects.count() == 1


def test_in_a_demo_the_sample_is_approved_and_stays_a_sample(world: World, settings: Any) -> None:
    settings.IKRAR_DEMO = True
    text = begin(world)
    text = actions.propose_text(actor=world.legal, text_id=text.pk, version=text.version)
    text = approve(world, text)
    assert (text.is_sample, text.conf, text.version_id) == (True, "A", "contoh-pakta-pps-63.10-2026-1")
    page = world.client(world.legal).get(f"/naskah/{text.pk}/").content.decode()
    assert "CONTOH" in page
    assert "Redaksi naskah belum dipastikan" in page


def test_a_sample_proposed_in_a_demo_is_not_approved_in_service(world: World, settings: Any) -> None:
    settings.IKRAR_DEMO = True
    text = begin(world)
    text = actions.propose_text(actor=world.legal, text_id=text.pk, version=text.version)
    settings.IKRAR_DEMO = False
    answer = press(world, world.chair, text, "setujui")
    assert answer.status_code == 422
    assert "Nomor keputusan belum ada" in answer.content.decode()


@pytest.mark.row("S01")
def test_an_oath_is_one_file_with_both_forms(world: World, settings: Any) -> None:
    settings.IKRAR_DEMO = True
    text = begin(world, TextKind.OATH, Start.SAMPLE, "PPK")
    text = approve(world, actions.propose_text(actor=world.legal, text_id=text.pk, version=text.version))
    lines = bytes(text.file).decode().splitlines()
    assert [line.split(" ", 2)[:2] for line in lines[6:]] == [
        ["sumpah", "OA.1"], ["sumpah", "OA.2"], ["janji", "OA.1"], ["janji", "OA.2"]]
    assert Entry.objects.get(kind="texts.oath_version").object_sha256 == text.sha256
    assert queries.list_questions(text) == []


def test_the_page_says_how_many_will_be_asked(world: World) -> None:
    seat_cast(world)
    text = propose(world)
    page = world.client(world.chair).get(f"/naskah/{text.pk}/").content.decode()
    assert "<b>4</b> anggota PPS diminta menandatangani versi ini" in page
