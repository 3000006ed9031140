"""Row R14 through the door: add, correct, move, end and void one member, look at NIK and phone, tick the identity card."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from ikrar.ledger.models import AccessRecord, Entry
from ikrar.registry.actions.people import read
from ikrar.registry.models import Election, Membership, Person
from world import World, build_world, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("R14")]
ADD = "/badan/63.10.05.2003/tambah/"


@pytest.fixture
def world() -> World:
    made = build_world()
    seat_cast(made)
    return made


@pytest.fixture
def browser(world: World) -> Client:
    return world.client(world.legal)


def typed(**given: Any) -> dict[str, Any]:
    return {"name": "KARTINI BAMBU", "position": "MEMBER", "started_on": "2026-06-01", **given}


def page_of(world: World, key: str) -> str:
    return f"/orang/{world.members[key].pk}/"


def test_three_fields_save_a_member(browser: Client) -> None:
    assert "PPS" in browser.get(ADD).text
    assert browser.post(ADD, typed())["Location"] == "/badan/63.10.05.2003/"
    row = Membership.objects.get(person__name="Kartini Bambu")
    assert (row.body.code, row.position, row.started_on) == ("63.10.05.2003", "MEMBER", date(2026, 6, 1))


def test_more_of_the_same_body_at_once(browser: Client) -> None:
    for name in ("Kartini Bambu", "Sumiati Rotan"):
        assert browser.post(ADD, typed(name=name, more="1"))["Location"] == ADD
    assert browser.post(ADD, typed(name="Wahidin", more="1"))["Location"] == "/badan/63.10.05.2003/"


@pytest.mark.parametrize(("given", "said"), [
    ({"name": ""}, "id_name_error"),
    ({"nik": "631005"}, "id_nik_error"),
    ({"phone": "12"}, "id_phone_error"),
    ({"nik": "6310055708960099", "born_on": "1990-01-01"}, "id_nik_error"),
    ({"born_on": "1890-01-01"}, "id_born_on_error"),
    ({"nik": "6310055708960012", "born_on": "1996-08-17"}, "Jamilah Ulfah Rambai"),
])
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(browser: Client, given: dict, said: str) -> None:
    before = Person.objects.count()
    answer = browser.post(ADD, typed(decree_number="98 Tahun 2026", **given))
    assert answer.status_code == 422
    assert said in answer.text
    assert "98 Tahun 2026" in answer.text
    assert Person.objects.count() == before


def test_a_full_body_says_who_is_in_it(browser: Client) -> None:
    page = browser.get("/badan/63.10.05.2002/tambah/").text
    assert "Suprapti" in page
    assert '<input type="text" name="name"' not in page


def test_a_correction_keeps_what_is_masked(world: World, browser: Client) -> None:
    at = page_of(world, "pps-1")
    page = browser.get(at).text
    assert "•••• 0012" in page
    assert "6310055708960012" not in page
    sent = typed(name="Jamilah Ulfah R.", born_on="1996-08-17", reason="sesuai KTP", version="2")
    assert browser.post(at, sent)["Location"] == at
    assert read(Person.objects.get(name="Jamilah Ulfah R.")).nik == "6310055708960012"
    after = browser.get(at).text
    assert "sesuai KTP" in after
    assert "Rusmini Kenanga" in after


def test_who_changed_it_meanwhile_is_not_overwritten(world: World, browser: Client) -> None:
    answer = browser.post(page_of(world, "pps-1"), typed(reason="salah ketik", version="1"))
    assert answer.status_code == 422
    assert Membership.objects.get(pk=world.members["pps-1"].pk).person.name == "Jamilah Ulfah Rambai"


@pytest.mark.row("R08")
def test_a_look_at_nik_and_phone_needs_a_reason_and_leaves_a_trace(world: World, browser: Client) -> None:
    at = f"{page_of(world, 'pps-1')}lihat/"
    assert "6310055708960012" not in browser.post(at, {"look-reason": "a"}).text
    assert not AccessRecord.objects.exists()
    page = browser.post(at, {"look-reason": "mencocokkan KTP"}).text
    assert "6310055708960012" in page
    assert "+6281234567010" in page
    kept = AccessRecord.objects.get()
    assert (kept.subject, kept.reason) == (str(world.members["pps-1"].pk), "mencocokkan KTP")


def test_a_move_lists_only_bodies_with_a_place(world: World, browser: Client) -> None:
    at = f"{page_of(world, 'pps-1')}pindah/"
    page = browser.get(at).text
    assert 'value="63.10.05.2001"' in page
    assert 'value="63.10.05.2002"' not in page
    sent = {"body": "63.10.05.2001", "position": "MEMBER", "started_on": "2026-09-01", "decree_number": "120 Tahun 2026"}
    to = browser.post(at, sent)["Location"]
    row = Membership.objects.get(pk=to.split("/")[2])
    assert (row.body.code, row.person_id) == ("63.10.05.2001", world.members["pps-1"].person_id)


def test_an_end_and_its_void(world: World, browser: Client) -> None:
    at = page_of(world, "pps-2")
    assert browser.get(f"{at}akhiri/").status_code == 200
    assert browser.post(f"{at}akhiri/", {"reason": "DISMISSED", "day": "2026-11-06"}).status_code == 422
    browser.post(f"{at}akhiri/", {"reason": "RESIGNED", "day": "2026-11-06", "note": "pindah domisili"})
    assert Membership.objects.get(pk=world.members["pps-2"].pk).ended_on == date(2026, 11, 6)
    assert f"{at}batalkan/" in browser.get(at).text
    assert browser.post(f"{at}batalkan/", {"reason": "a"}).status_code == 422
    browser.post(f"{at}batalkan/", {"reason": "surat ditarik"})
    assert Membership.objects.get(pk=world.members["pps-2"].pk).ended_on is None


def test_a_membership_that_never_was(world: World, browser: Client) -> None:
    at = page_of(world, "pps-2")
    assert browser.get(f"{at}batalkan/").status_code == 200
    browser.post(f"{at}batalkan/", {"reason": "orang yang keliru"})
    assert Membership.objects.get(pk=world.members["pps-2"].pk).voided_at is not None
    assert 'name="reason"' not in browser.get(at).text


def test_the_identity_card_is_ticked_only_where_it_can_be_compared(world: World, browser: Client) -> None:
    keys = ("pps-chair", "pps-1", "pps-2")
    sent = {"anggota": [str(world.members[key].pk) for key in keys]}
    assert browser.post("/badan/63.10.05.2002/periksa/", sent)["Location"] == "/badan/63.10.05.2002/"
    checked = Membership.objects.exclude(identity_checked_at=None).values_list("person__nik_last4", flat=True)
    assert sorted(checked) == ["0007", "0012"]
    assert Entry.objects.filter(kind="registry.identity_checked").count() == 2
    assert browser.post("/badan/63.10.05.2002/periksa/", sent).status_code == 422


def test_the_tick_of_the_identity_card_is_taken_back_with_a_reason(world: World, browser: Client) -> None:
    at = page_of(world, "pps-1")
    assert browser.post(f"{at}pemeriksaan/batalkan/", {"reason": "kartu orang lain"}).status_code == 422
    browser.post("/badan/63.10.05.2002/periksa/", {"anggota": [str(world.members["pps-1"].pk)]})
    assert f"{at}pemeriksaan/batalkan/" in browser.get(at).text
    assert browser.post(f"{at}pemeriksaan/batalkan/", {"reason": "kartu orang lain"})["Location"] == at
    assert Membership.objects.get(pk=world.members["pps-1"].pk).identity_checked_at is None
    assert "kartu orang lain" in browser.get(at).text
    assert Entry.objects.filter(kind="registry.identity_check_voided").count() == 1


def test_who_may_only_look_sees_no_form(world: World) -> None:
    chair = world.client(world.chair)
    page = chair.get(page_of(world, "pps-1")).text
    assert "Jamilah Ulfah Rambai" in page
    assert 'name="version"' not in page
    assert "akhiri/" not in page
    assert "lihat/" not in page
    assert chair.post(page_of(world, "pps-1"), typed(reason="salah ketik", version="2")).status_code == 403
    for act in ("pindah/", "akhiri/", "batalkan/"):
        assert chair.get(f"{page_of(world, 'pps-1')}{act}").status_code == 403


@pytest.mark.parametrize("act", ["", "pindah/", "akhiri/", "batalkan/"])
def test_another_office_finds_nobody(world: World, act: str) -> None:
    stranger = world.client(world.stranger)
    assert stranger.get(f"{page_of(world, 'pps-1')}{act}").status_code == 404
    assert stranger.get(ADD).status_code == 404


def test_the_administrator_changes_the_election(world: World) -> None:
    admin = world.client(world.admin)
    assert "Pilkada 2026" in admin.get("/pemilihan/").text
    sent = {"kind": "PILKADA", "name": "Pilkada Tanah Bumbu", "voting_on": "2026-12-10", "body_kinds": ["PPK", "PPS"],
            "phrase": "Pemilihan Bupati Tahun 2026", "term_from": "2026-06-01", "stages": "2026-06-01 Pelantikan",
            "version": "1"}
    assert admin.post("/pemilihan/", sent).status_code == 302
    election = Election.objects.get()
    assert (election.name, election.version, election.stages[0]["name"]) == ("Pilkada Tanah Bumbu", 2, "Pelantikan")
    assert admin.post("/pemilihan/", sent).status_code == 422
    assert admin.post("/pemilihan/", {**sent, "version": "2", "stages": "kapan saja"}).status_code == 422
    assert world.client(world.legal).get("/pemilihan/").status_code == 403


def test_the_administrator_confirms_the_regions(world: World) -> None:
    admin = world.client(world.admin)
    assert "Kusan Hulu" in admin.get("/wilayah/").text
    assert admin.post("/wilayah/").status_code == 302
    assert 'method="post"' not in admin.get("/wilayah/").text
