"""Two officers at once: one upload becomes one import, and two files never put more people into a body than it has seats."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from at_once import outcomes, together
from ikrar.core import clock
from ikrar.registry.actions import save_import
from ikrar.registry.models import Import, Membership
from registry.importing import NOW, book, member, upload
from world import World, build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.row("R03"), pytest.mark.slow]


@pytest.fixture
def world() -> Iterator[World]:
    with clock.travel(NOW):
        yield build_world()


def count(model: type) -> int:
    with transaction.atomic():
        return int(model.objects.count())


def test_one_upload_is_saved_once(world: World) -> None:
    with transaction.atomic():
        found = upload(world, book(*(member(n) for n in (1, 2, 3))))
    made = together(NOW, *[lambda: save_import(actor=world.legal, upload_id=found.pk, seen=3)] * 2)
    assert [getattr(each, "pk", each) for each in made] == [found.pk] * 2
    assert (count(Import), count(Membership)) == (1, 3)


def test_two_files_for_the_same_seats(world: World) -> None:
    with transaction.atomic():
        first = upload(world, book(*(member(n) for n in (1, 2, 3))))
        second = upload(world, book(*(member(n) for n in (4, 5, 6))))
    made = together(NOW, *[lambda pk=each.pk: save_import(actor=world.hr, upload_id=pk, seen=3) for each in (first, second)])
    assert outcomes(made) == ["CHANGED_MEANWHILE", "done"]
    assert count(Membership) == 3
