"""A look at NIK and phone in clear asks for a reason, is shown once, and leaves a trace."""

import pytest

from ikrar.ledger.models import AccessRecord
from world import World, build_world, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("R08")]
NIK = "6310055708960012"


@pytest.fixture
def world() -> World:
    made = build_world()
    seat_cast(made)
    return made


def looks() -> list[tuple[str, str]]:
    return list(AccessRecord.objects.values_list("what", "reason"))


def test_a_look_needs_a_reason_and_is_kept(world: World) -> None:
    member = world.members["pps-1"].pk
    browser = world.client(world.legal)
    assert NIK not in browser.get(f"/orang/{member}/").text
    refused = browser.post(f"/orang/{member}/lihat/", {"look-reason": ""})
    assert NIK not in refused.text
    assert looks() == []
    shown = browser.post(f"/orang/{member}/lihat/", {"look-reason": "Mencocokkan KTP di kantor"})
    assert NIK in shown.text
    assert looks() == [("nik,phone", "Mencocokkan KTP di kantor")]
    assert NIK not in browser.get(f"/orang/{member}/").text
