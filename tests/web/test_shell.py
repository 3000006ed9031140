"""The side menu says where one is, also on pages whose address lies elsewhere."""

import re

import pytest

from world import World, build_world, seat_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = build_world()
    seat_cast(made)
    return made


@pytest.mark.parametrize("address", ["/badan/", "/orang/{}/", "/orang/{}/pindah/"])
def test_a_person_stands_under_the_bodies(world: World, address: str) -> None:
    page = world.client(world.legal).get(address.format(world.members["pps-1"].pk)).text
    current = re.findall(r'<a [^>]*href="([^"]+)"[^>]*aria-current="page"', page)
    assert set(current) == {"/badan/"}
