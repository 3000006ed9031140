"""An oath lies within the service, and is taken once, whatever ceremonies are finished at the same moment."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from at_once import outcomes, together
from ikrar.core import clock
from ikrar.core.errors import RuleBroken
from ikrar.oath.actions import correct_ceremony, finish_ceremony
from ikrar.oath.models import OathMark
from ikrar.oath.queries import get_roll
from ikrar.oath.rules import Mark
from ikrar.registry.actions import void_membership
from ikrar.registry.models import Membership
from oath.steps import DETAILS, HELD, LASUNG, LATER, MANUNTUNG, ZONE, all_present, finish, prepare, say, sworn_on
from world import World, seat

pytestmark = [pytest.mark.django_db, pytest.mark.row("S02")]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_ceremonies_finished_at_once_swear_nobody_twice(world: World) -> None:
    with transaction.atomic():
        ceremonies = [prepare(world), prepare(world)]
        for ceremony in ceremonies:
            all_present(world, ceremony)
    acts = [partial(finish_ceremony, actor=world.legal, ceremony_id=each.pk) for each in ceremonies]
    assert outcomes(together(HELD, *acts)) == ["ALREADY_SWORN", "done"]
    with transaction.atomic():
        finished = OathMark.objects.filter(mark=Mark.PRESENT, ceremony__state="finished")
        assert finished.count() == Membership.objects.exclude(sworn_on=None).count() == 4


def test_an_oath_is_not_corrected_to_a_day_before_the_service_began(world: World) -> None:
    seat(world, "new", body=LASUNG, name="Kasyful Jingah", started_on=date(2026, 6, 20))
    ceremony = prepare(world)
    all_present(world, ceremony)
    finish(world, ceremony)
    earlier = replace(DETAILS, held_at=datetime(2026, 6, 19, 9, tzinfo=ZONE))
    with clock.travel(LATER), pytest.raises(RuleBroken) as caught:
        correct_ceremony(actor=world.legal, ceremony_id=ceremony.pk, details=earlier, version=1)
    assert (caught.value.code.name, caught.value.data["name"]) == ("TERM_NOT_BEGUN", "Kasyful Jingah")


def test_who_is_not_in_office_yet_or_never_was_is_out_of_the_roll(world: World) -> None:
    ceremony = prepare(world)
    Membership.objects.filter(pk=world.members["pps-1"].pk).update(started_on=date(2026, 7, 2))
    void_membership(actor=world.legal, membership_id=world.members["pps-2"].pk, reason="orang yang keliru")
    assert get_roll(world.legal, ceremony.pk).count.called == 2
    for key, code in (("pps-1", "TERM_NOT_BEGUN"), ("pps-2", "MEMBERSHIP_VOIDED")):
        with pytest.raises(RuleBroken) as caught:
            say(world, ceremony, key, Mark.PRESENT)
        assert caught.value.code.name == code
    all_present(world, ceremony, MANUNTUNG)
    finish(world, ceremony, "Lasung menyusul")
    assert [sworn_on(world, key) for key in ("pps-chair", "pps-1", "pps-2")] == [HELD.date(), None, None]


def test_a_correction_asks_the_database_the_same_for_few_bodies_and_for_many(
    world: World, django_assert_num_queries: Any
) -> None:
    for number in ("2003", "2004", "2005"):
        seat(world, number, body=f"63.10.05.{number}", name=f"Ketua {number}", position="CHAIR")
    few, many = prepare(world, f"{LASUNG}."), prepare(world)
    all_present(world, few, LASUNG)
    all_present(world, many, MANUNTUNG, *(f"63.10.05.{number}" for number in ("2003", "2004", "2005")))
    for ceremony in (few, many):
        finish(world, ceremony, "sisanya menyusul")
    moved = replace(DETAILS, place="Balai Contoh")
    for ceremony in (few, many):
        with clock.travel(LATER), django_assert_num_queries(13):
            correct_ceremony(actor=world.legal, ceremony_id=ceremony.pk, details=moved, version=1)
