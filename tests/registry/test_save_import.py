"""Row R03: a roster is saved whole or not at all, only its right rows, and the same file a second time changes nothing."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from ikrar.core import clock
from ikrar.core.errors import Conflict, NotAllowed, NotFound
from ikrar.ledger.models import Entry, Opening
from ikrar.registry.actions import PersonDetails, end_member, import_file, receive_upload, save_import
from ikrar.registry.actions.members import Ending
from ikrar.registry.actions.people import read
from ikrar.registry.models import Import, Membership, Person, Upload
from ikrar.registry.queries import find_by_nik, get_preview
from registry.importing import NOW, book, everybody, member, save, upload
from world import World, build_world, seat

pytestmark = [pytest.mark.django_db, pytest.mark.row("R03")]


@pytest.fixture
def world() -> Iterator[World]:
    with clock.travel(NOW):
        yield build_world()


def facts(kind: str, subject: str) -> dict:
    entry = Entry.objects.get(kind=kind, subject=subject)
    return json.loads(bytes(Opening.objects.get(entry=entry).content).decode().split("\n")[1])


def test_a_roster_becomes_people_memberships_and_entries(world: World) -> None:
    made = save(world, book(member(7, NAMA_LENGKAP="JAMILAH ULFAH RAMBAI", JABATAN="Ketua"), member(8)))
    row = Membership.objects.get(person__name="Jamilah Ulfah Rambai")
    assert (row.position, row.decree_number, row.decree_on) == ("CHAIR", "97 Tahun 2026", date(2026, 5, 24))
    assert (row.body.code, row.path, row.person.path) == ("63.10.05.2002", "63.10.05.2002.", "63.10.05.2002.")
    assert read(row.person) == PersonDetails("Jamilah Ulfah Rambai", "P", date(1987, 8, 8), "6310054808870007",
                                             "+6281212340007")
    told = facts("registry.member_added", str(row.pk))
    assert (told["import"], told["row"], told["nik"]["last4"]) == (str(made.pk), 5, "0007")
    assert facts("registry.import_saved", str(made.pk))["new"] == 2
    assert not Upload.objects.exists()


def test_a_membership_begins_with_the_decree_else_with_the_term(world: World) -> None:
    save(world, book(member(1), member(2, SK="97/2026"), member(3, SK=None)))
    days = dict(Membership.objects.values_list("person__nik_last4", "started_on"))
    assert days == {"0001": date(2026, 5, 24), "0002": date(2026, 6, 1), "0003": date(2026, 6, 1)}


def test_wrong_rows_are_left_out_and_the_others_saved(world: World) -> None:
    made = save(world, book(member(1), member(2, NIK="631005"), member(3, NAMA_LENGKAP=None)))
    assert (made.counts["new"], made.counts["rejected"]) == (1, 2)
    assert Membership.objects.count() == Person.objects.count() == 1


def test_the_same_file_again_changes_nothing(world: World) -> None:
    data = book(*(member(n) for n in (1, 2, 3)))
    save(world, data)
    before = list(Person.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())
    judged = import_file(actor=world.legal, office_id=world.office.pk, file_name="lagi.xlsx", data=data)
    assert (judged.made, judged.judged.effect.unchanged) == (None, 3)
    assert before == (list(Person.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values()))
    assert Import.objects.count() == 1


def test_a_filled_cell_adds_what_was_missing_and_an_empty_one_takes_nothing(world: World) -> None:
    save(world, book(member(1, NO_HP=None), member(2)))
    made = save(world, book(member(1), member(2, NO_HP=None, SK=None)))
    assert (made.counts["changed"], made.counts["unchanged"]) == (1, 1)
    phones = dict(Person.objects.values_list("nik_last4", "phone_masked"))
    assert phones == {"0001": "0812 •••• 01", "0002": "0812 •••• 02"}
    told = facts("registry.member_corrected", str(Membership.objects.get(person__nik_last4="0001").pk))
    assert list(told["changed"]) == ["phone"]


def test_saving_twice_answers_the_same_import(world: World) -> None:
    found = upload(world, book(member(1)))
    first = save_import(actor=world.legal, upload_id=found.pk, seen=1)
    assert save_import(actor=world.legal, upload_id=found.pk, seen=1) == first
    assert Membership.objects.count() == 1


def test_what_changed_since_the_preview_stops_the_save(world: World) -> None:
    found = upload(world, book(*(member(n) for n in (1, 2, 3))))
    seat(world, "first", body="63.10.05.2002", name="Suprapti")
    with pytest.raises(Conflict) as caught:
        save_import(actor=world.legal, upload_id=found.pk, seen=3)
    assert (caught.value.data["now"], caught.value.data["seen"]) == (2, 3)
    assert Person.objects.count() == 1


def test_a_successor_takes_the_place_that_is_longest_vacant(world: World) -> None:
    save(world, book(*(member(n) for n in (1, 2, 3))))
    gone = Membership.objects.get(person__nik_last4="0002")
    end_member(actor=world.legal, membership_id=gone.pk, ending=Ending("RESIGNED", date(2026, 11, 6)))
    save(world, book(member(4, SK="110/2026, 08-11-2026")))
    new = Membership.objects.get(person__nik_last4="0004")
    assert (new.started_on, new.succeeds_id) == (date(2026, 11, 8), gone.pk)


def test_the_same_file_does_not_bring_back_who_left(world: World) -> None:
    data = book(*(member(n) for n in (1, 2, 3)))
    save(world, data)
    gone = Membership.objects.get(person__nik_last4="0002")
    end_member(actor=world.legal, membership_id=gone.pk, ending=Ending("RESIGNED", date(2026, 11, 6)))
    found = upload(world, data)
    refused, = get_preview(world.legal, found.pk).judged.rejected
    assert (refused.row, refused.faults[0].trouble.code.name) == (6, "SERVED_HERE")


def test_a_full_roster_of_531_is_saved(world: World) -> None:
    made = save(world, book(*everybody()))
    assert made.counts["new"] == Membership.objects.count() == 531
    assert Membership.objects.filter(position="CHAIR").count() == 169
    assert Entry.objects.filter(kind="registry.member_added").count() == 531


def test_only_who_may_import_does_and_only_at_home(world: World) -> None:
    data = book(member(1))
    with pytest.raises(NotAllowed):
        receive_upload(actor=world.chair, office_id=world.office.pk, file_name="a.xlsx", data=data)
    with pytest.raises(NotFound):
        receive_upload(actor=world.stranger, office_id=world.office.pk, file_name="a.xlsx", data=data)
    found = upload(world, data)
    with pytest.raises(NotFound):
        save_import(actor=world.stranger, upload_id=found.pk, seen=1)
    assert not Person.objects.exists()


@pytest.mark.row("R08")
def test_a_nik_is_found_by_its_index(world: World) -> None:
    save(world, book(member(1), member(2)))
    nik = member(2)["NIK"]
    found, = find_by_nik(world.legal, nik)
    assert found.person.nik_last4 == "0002"
    assert find_by_nik(world.stranger, nik) == []
