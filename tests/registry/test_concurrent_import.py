"""Two officers at once: one upload becomes one import, and two files never put more people into a body than it has seats."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction

from ikrar.core import clock
from ikrar.core.db.scope import within
from ikrar.core.errors import AppError
from ikrar.registry.actions import save_import
from ikrar.registry.models import Import, Membership
from registry.importing import NOW, book, member, upload
from world import World, build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.row("R03"), pytest.mark.slow]


@pytest.fixture
def world() -> Iterator[World]:
    with clock.travel(NOW):
        yield build_world()


def together(*acts: Callable[[], object]) -> list[object]:
    """What each act gave or raised, all begun at the same moment on connections of their own."""
    ready, found = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        with clock.travel(NOW), within("0", "~"):
            ready.wait()
            try:
                found.append(act())
            except AppError as error:
                found.append(error)
        connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def count(model: type) -> int:
    with transaction.atomic():
        return int(model.objects.count())


def test_one_upload_is_saved_once(world: World) -> None:
    with transaction.atomic():
        found = upload(world, book(*(member(n) for n in (1, 2, 3))))
    made = together(*[lambda: save_import(actor=world.legal, upload_id=found.pk, seen=3)] * 2)
    assert [getattr(each, "pk", each) for each in made] == [found.pk] * 2
    assert (count(Import), count(Membership)) == (1, 3)


def test_two_files_for_the_same_seats(world: World) -> None:
    with transaction.atomic():
        first = upload(world, book(*(member(n) for n in (1, 2, 3))))
        second = upload(world, book(*(member(n) for n in (4, 5, 6))))
    made = together(*[lambda pk=each.pk: save_import(actor=world.hr, upload_id=pk, seen=3) for each in (first, second)])
    codes = sorted(getattr(getattr(each, "code", None), "name", "saved") for each in made)
    assert codes == ["CHANGED_MEANWHILE", "saved"]
    assert count(Membership) == 3
