"""P09, X12: whatever row of whatever room is changed past its door, fsck names that row and what differs in it.

One prepared installation, in one transaction that is rolled back; each change is made as the server's superuser with
all triggers off, as a dishonest administrator would make it, looked for, and taken back.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from house.tampering import CHANGES
from ikrar.core import clock
from ikrar.core.crypto import create_secret
from ikrar.core.db.embedded import SUPERUSER
from ikrar.core.db.scope import within
from ikrar.documents.actions import make_seal
from ikrar.ledger.actions import create_log_key, write_policy
from ikrar.ledger.queries import check_ledger
from ikrar.ledger.rules import Difference
from ikrar.ledger.sequencer import run_round
from ikrar.oath.actions import attach_record_scan, print_record
from ikrar.pact.actions import enter_paper_first, enter_paper_second, get_receipt
from ikrar.pact.models import Signature
from ikrar.pact.rules import PaperFields
from ikrar.registry.actions import (
    Appointment,
    Ending,
    PersonDetails,
    check_identity,
    correct_member,
    end_member,
    move_member,
    void_end,
)
from oath.steps import swear
from pact.acting import NOW, Phone, let_in, put_in_force
from pact.test_enter_paper import photo
from world import PDF, SWORN, World, build_world, seat, seat_cast

pytestmark = [pytest.mark.row("P09"), pytest.mark.row("X12")]
REASON = "Butir pertama belum jelas bagi saya."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder, patch = tmp_path_factory.mktemp("home"), pytest.MonkeyPatch()
    create_secret(folder)
    create_log_key(folder, "log.contoh.id/2026")
    make_seal(folder, name="log.contoh.id/2026")
    write_policy(folder)
    patch.setattr(settings, "IKRAR_HOME", str(folder))
    patch.setattr(settings, "IKRAR_DEMO", True)
    yield folder
    patch.undo()


@pytest.fixture(scope="module")
def superuser(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Django's own connection as the server's superuser, who may switch triggers off."""
    user = connection.settings_dict["USER"]

    def become(name: str) -> None:
        connection.close()
        connection.close_pool()
        connection.settings_dict["USER"] = name

    with django_db_blocker.unblock():
        become(SUPERUSER)
        yield
        become(user)


@pytest.fixture(scope="module")
def world(home: Path, superuser: None) -> Iterator[World]:
    """An office in which everything has happened that fsck compares."""
    with clock.travel(NOW), within("0", "~"), transaction.atomic():
        made = build_world()
        seat_cast(made)
        with clock.travel(NOW - timedelta(days=6)):
            put_in_force(made)
        change_members(made)
        swear_and_print(made)
        sign_and_decline(made)
        run_round()
        yield made
        transaction.set_rollback(True)


def change_members(world: World) -> None:
    """Somebody corrected and checked, moved, gone and back, gone, and one whose end was taken back."""
    seat(world, "mover", body="63.10.05.2001", name="Wahidin Ulin")
    seat(world, "leaver", body="63.10.05.2001", name="Gazali Tarap")
    row = world.members["pps-2"]
    correct_member(
        actor=world.legal, membership_id=row.pk, version=row.version + row.person.version, reason="NIK menyusul",
        person=PersonDetails("Suprapti Ketapi", born_on=date(1986, 8, 16), nik="6310051608860004"),
        appointment=Appointment("MEMBER", SWORN, "97 Tahun 2026", SWORN),
    )
    check_identity(actor=world.legal, body_code="63.10.05.2002", election_id=world.election.pk, membership_ids=[row.pk])
    later = Appointment("MEMBER", SWORN + timedelta(days=40), "98 Tahun 2026", SWORN)
    moved = move_member(actor=world.legal, membership_id=world.members["mover"].pk, body_code="63.10.05.2003",
                        appointment=later, note="Pindah rumah")
    world.members["moved"] = moved
    ending = Ending("RESIGNED", SWORN + timedelta(days=30), "99 Tahun 2026")
    end_member(actor=world.legal, membership_id=world.members["leaver"].pk, ending=ending)
    end_member(actor=world.legal, membership_id=world.members["ppk-chair"].pk, ending=ending)
    nik = "6310051502900005"
    seat(world, "before", body="63.10.01.2005", name="Hairani Lahung", nik=nik, born_on=date(1990, 2, 15), sex="L")
    end_member(actor=world.legal, membership_id=world.members["before"].pk,
               ending=Ending("INCAPACITATED", SWORN + timedelta(days=10), "99 Tahun 2026"))
    seat(world, "again", body="63.10.05.2004", name="HAIRANI LAHUNG", nik=nik, started_on=SWORN + timedelta(days=20))
    assert world.members["again"].person_id == world.members["before"].person_id
    void_end(actor=world.legal, membership_id=world.members["ppk-chair"].pk, reason="Salah orang")


def swear_and_print(world: World) -> None:
    ceremony = swear(world, "pps-1", "pps-2", "pps-chair")
    print_record(actor=world.legal, ceremony_id=ceremony.pk)
    attach_record_scan(actor=world.legal, ceremony_id=ceremony.pk, files=[("ba.pdf", PDF)])


def sign_and_decline(world: World) -> None:
    """Jamilah signs on her phone and asks for the receipt, Suprapti on paper; the chair of the PPS declines."""
    phone = Phone(let_in(world))
    assert phone.send(phone.statement(phone.open())).status_code == 201
    fields = PaperFields(str(world.members["pps-2"].pk), "2026-1", has_ink=True, day=date(2026, 11, 20))
    entry = enter_paper_first(actor=world.hr, fields=fields, file=photo())
    enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=fields, version=entry.version)
    chair = Phone(let_in(world, "pps-chair", born_on=date(1988, 8, 17)))
    assert chair.post("/declines", {"points": [1], "reason": REASON}).status_code == 201
    run_round()
    signature = Signature.objects.get(membership=world.members["pps-1"].pk)
    get_receipt(actor=world.legal, signature_id=signature.pk)


def look_after(sql: str, *values: Any) -> tuple[Difference | None, str]:
    """What fsck says while a change stands that nobody was told of."""
    with transaction.atomic():
        cursor: CursorWrapper
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql, values)
            assert cursor.rowcount > 0, "the change changed nothing"
        report = check_ledger()
        transaction.set_rollback(True)
    return report.difference, report.where


def test_where_nothing_was_changed_everything_agrees(world: World) -> None:
    report = check_ledger()
    assert (report.difference, report.where) == (None, "")
    assert report.waiting == 0


def test_the_number_of_queries_does_not_grow_with_the_rows(
    world: World, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(40):
        check_ledger()


@pytest.mark.parametrize(("sql", "difference", "row", "field"), CHANGES.values(), ids=CHANGES)
def test_a_change_past_the_door_is_named(world: World, sql: str, difference: Difference, row: str, field: str) -> None:
    found, where = look_after(sql)
    name, _, what = where.partition(": ")
    assert (found, name.split()[0]) == (difference, row)
    assert what == field or not field
