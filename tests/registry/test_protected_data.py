"""Row R08: a dump of the database holds no NIK and no phone in clear, and a search by NIK still finds everybody."""

from collections.abc import Iterator

import pytest
from django.db import connection

from ikrar.core import clock
from ikrar.registry.actions import undo_import
from ikrar.registry.models import Membership
from ikrar.registry.queries import find_by_nik
from registry.importing import NOW, book, everybody, member, save, upload
from world import World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.row("R08"), pytest.mark.slow]


@pytest.fixture
def world() -> Iterator[World]:
    with clock.travel(NOW):
        yield build_world()


def dump() -> bytes:
    """Every row of every table as COPY writes it; bytes stand there in hex."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall() if name != "regions_region"]
        found = b""
        for table in tables:
            with cursor.copy(f'COPY (SELECT * FROM "{table}") TO STDOUT') as out:
                found += b"".join(bytes(part) for part in out)
    return found


def test_a_dump_holds_none_of_a_thousand_niks_and_all_are_found(world: World) -> None:
    people = everybody()
    waiting = [member(number) for number in range(len(people) + 1, 1001)]
    save(world, book(*people))
    save(world, book(*({**each, "NO HP": "0899000111"} for each in people[:5])))
    upload(world, book(*waiting))
    held = dump()
    assert b"Orang" in held
    niks = [each["NIK"] for each in (*people, *waiting)]
    assert len(set(niks)) == 1000
    clear = [nik for nik in niks if nik.encode() in held or nik.encode().hex().encode() in held]
    assert clear == []
    assert b"81212340001" not in held
    assert b"81212340001".hex().encode() not in held
    found = [find_by_nik(world.legal, each["NIK"]) for each in people]
    assert [rows[0].person.nik_last4 for rows in found] == [nik[-4:] for nik in niks[:531]]


def test_after_an_undo_the_nik_is_free_and_found_nowhere(world: World) -> None:
    made = save(world, book(member(1)))
    undo_import(actor=world.legal, import_id=made.pk)
    assert find_by_nik(world.legal, member(1)["NIK"]) == []
    assert Membership.objects.count() == 1
