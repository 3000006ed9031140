"""Row X17: an import is undone whole within 24 hours, while nothing rests on it; otherwise it says on whom it rests."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from ikrar.access.models import MemberAccess
from ikrar.core import clock
from ikrar.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from ikrar.ledger.models import Entry
from ikrar.registry.actions import check_identity, correct_member, drop_old_uploads, issue_links, rely_on, undo_import
from ikrar.registry.actions.members import Appointment
from ikrar.registry.actions.people import PersonDetails, read
from ikrar.registry.models import Import, ImportItem, Link, Membership, Person, Upload
from ikrar.registry.queries import get_past
from ikrar.registry.rules.imports import UndoState
from registry.importing import NOW, book, member, save, upload
from world import World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.row("X17")]
THREE = (member(1, JABATAN="Ketua"), member(2), member(3))


@pytest.fixture
def world() -> Iterator[World]:
    with clock.travel(NOW):
        yield build_world()


def the(last4: str) -> Membership:
    return Membership.objects.select_related("person").get(person__nik_last4=last4)


def test_new_members_never_were_and_stay_visible(world: World) -> None:
    made = save(world, book(*THREE))
    undo_import(actor=world.legal, import_id=made.pk)
    rows = Membership.objects.select_related("person")
    assert [row.voided_at for row in rows] == [NOW] * 3
    assert {read(row.person).nik for row in rows} == {""}
    assert Entry.objects.filter(kind="registry.membership_voided").count() == 3
    assert Entry.objects.filter(kind="registry.import_undone", subject=str(made.pk)).count() == 1


def test_the_mended_file_can_be_imported_afterwards(world: World) -> None:
    wrong = save(world, book(member(1, NAMA_LENGKAP="Sumiati Rotan"), member(2)))
    undo_import(actor=world.legal, import_id=wrong.pk)
    save(world, book(member(1, NAMA_LENGKAP="Kartini Bambu"), member(2)))
    alive = Membership.objects.filter(voided_at=None).values_list("person__name", flat=True)
    assert sorted(alive) == ["Kartini Bambu", "Orang Aaac"]


def test_old_values_come_back(world: World) -> None:
    save(world, book(member(1, cells={"NIK": None, "NO HP": None, "SK": None, "JABATAN": "Anggota"})))
    row = Membership.objects.select_related("person").get()
    before = read(row.person), row.position, row.decree_number, row.started_on
    made = save(world, book(THREE[0]))
    assert read(the("0001").person).phone == "+6281212340001"
    undo_import(actor=world.legal, import_id=made.pk)
    row = Membership.objects.select_related("person").get()
    assert before == (read(row.person), row.position, row.decree_number, row.started_on)
    assert (row.voided_at, row.person.nik_index) == (None, None)


def test_an_oath_or_an_opened_link_holds_it_and_is_named(world: World) -> None:
    made = save(world, book(*THREE))
    rely_on([the("0002").pk])
    with pytest.raises(RuleBroken) as caught:
        undo_import(actor=world.legal, import_id=made.pk)
    assert caught.value.data["names"] == "Orang Aaac"
    assert not Membership.objects.exclude(voided_at=None).exists()


def test_a_later_correction_holds_it(world: World) -> None:
    made, row = save(world, book(*THREE)), the("0003")
    appointment = Appointment(row.position, row.started_on, row.decree_number, row.decree_on)
    details = PersonDetails("Kartini Bambu", "P", row.person.born_on, read(row.person).nik)
    version = row.version + row.person.version
    correct_member(actor=world.legal, membership_id=row.pk, person=details, appointment=appointment, reason="KTP",
                   version=version)
    assert [each.name for each in get_past(made).tied] == ["Kartini Bambu"]


def test_a_checked_card_holds_it(world: World) -> None:
    made = save(world, book(*THREE))
    with clock.travel(NOW + timedelta(minutes=5)):
        check_identity(actor=world.legal, body_code="63.10.05.2002", election_id=world.election.pk,
                       membership_ids=[the("0001").pk])
    assert get_past(made).state is UndoState.BLOCKED


def test_links_that_nobody_opened_end_with_it(world: World) -> None:
    made = save(world, book(*THREE))
    ids = list(Membership.objects.values_list("pk", flat=True))
    issue_links(actor=world.legal, membership_ids=ids)
    undo_import(actor=world.legal, import_id=made.pk)
    assert [(link.ended_as, bytes(link.token_enc)) for link in Link.objects.all()] == [("LEFT", b"")] * 3
    assert Entry.objects.filter(kind="registry.link_ended").count() == 3


def test_after_24_hours_it_stays(world: World) -> None:
    made = save(world, book(*THREE))
    with clock.travel(NOW + timedelta(hours=23, minutes=59)):
        assert get_past(made).state is UndoState.OPEN
    with clock.travel(NOW + timedelta(hours=24)), pytest.raises(RuleBroken):
        undo_import(actor=world.legal, import_id=made.pk)


def test_it_is_undone_once(world: World) -> None:
    made = save(world, book(*THREE))
    undo_import(actor=world.legal, import_id=made.pk)
    with pytest.raises(Conflict):
        undo_import(actor=world.legal, import_id=made.pk)


def test_a_chair_that_somebody_else_became_stops_it(world: World) -> None:
    save(world, book(*THREE))
    made = save(world, book(member(1, JABATAN="Anggota")))
    row = the("0003")
    appointment = Appointment("CHAIR", row.started_on, row.decree_number, row.decree_on)
    correct_member(actor=world.legal, membership_id=row.pk, person=read(row.person), appointment=appointment,
                   reason="pleno", version=row.version + row.person.version)
    with pytest.raises(RuleBroken) as caught:
        undo_import(actor=world.legal, import_id=made.pk)
    assert caught.value.data["name"] == "Orang Aaad"


def test_the_role_follows_a_position_that_a_roster_changes_and_its_undo(world: World) -> None:
    save(world, book(member(1, JABATAN="Anggota")))
    row = the("0001")
    MemberAccess.objects.create(pk=row.pk, role="PPS_MEMBER", path=row.path)
    made = save(world, book(member(1, JABATAN="Ketua")))
    assert MemberAccess.objects.get(pk=row.pk).role == "PPS_CHAIR"
    undo_import(actor=world.legal, import_id=made.pk)
    assert MemberAccess.objects.get(pk=row.pk).role == "PPS_MEMBER"


def test_only_the_office_itself_undoes(world: World) -> None:
    made = save(world, book(*THREE))
    with pytest.raises(NotFound):
        undo_import(actor=world.stranger, import_id=made.pk)
    with pytest.raises(NotAllowed):
        undo_import(actor=world.chair, import_id=made.pk)
    assert Import.objects.get().undone_at is None


def test_uploads_and_old_values_go_after_a_day(world: World) -> None:
    save(world, book(*THREE))
    save(world, book(member(1, cells={"JABATAN": "Ketua", "SK": "98/2026, 24-05-2026"})))
    upload(world, book(member(4)))
    with clock.travel(NOW + timedelta(hours=23)):
        assert drop_old_uploads() == 0
    assert ImportItem.objects.filter(before_enc__isnull=False).count() == 1
    with clock.travel(NOW + timedelta(hours=24)):
        assert drop_old_uploads() == 1
    assert not Upload.objects.exists()
    assert not ImportItem.objects.filter(before_enc__isnull=False).exists()
    assert Person.objects.count() == 3
