"""The measurement of an import stores nothing, and its roster fills every seat."""

import pytest

from ikrar.core.errors import NotFound
from ikrar.ledger.models import Entry
from ikrar.registry.bench import measure_import
from ikrar.registry.models import Election, Membership
from world import build_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_it_measures_531_rows_and_leaves_nothing() -> None:
    world = build_world()
    entries = Entry.objects.count()
    measured = measure_import("63.10", runs=1)
    assert measured["rows"] == 531
    assert min(measured["dry_run"], measured["real"], measured["again"]) > 0
    assert (Election.objects.get().pk, Membership.objects.count()) == (world.election.pk, 0)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("code", ["63.09", "63.10.05", "75.71"])
def test_without_an_office_or_an_election_it_says_so(code: str) -> None:
    build_world()
    with pytest.raises(NotFound):
        measure_import(code)
