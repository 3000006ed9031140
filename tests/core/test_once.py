"""What a page looks up again is fetched once while it is read, and each time where something is written."""

import pytest
from pytest_django import DjangoAssertNumQueries

from ikrar.core.once import looking_up_once
from ikrar.regions.queries import find_office
from world import build_world

pytestmark = pytest.mark.django_db


def test_a_page_asks_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    world = build_world()
    with django_assert_num_queries(2), looking_up_once():
        assert {find_office("63.10."), find_office("63.10.")} == {world.office}
        assert find_office("63.") == world.province
        assert find_office("63.10.") == world.office


def test_the_next_page_and_an_act_look_again(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    build_world()
    for _ in range(2):
        with django_assert_num_queries(1), looking_up_once():
            find_office("63.10.")
    with django_assert_num_queries(2):
        find_office("63.10.")
        find_office("63.10.")
