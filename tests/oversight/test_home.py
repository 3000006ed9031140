"""Row X16, in part: the first page says what comes first."""

import pytest

from world import build_world, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("X16")]


def test_the_administrator_sees_five_steps_with_their_state() -> None:
    world = build_world()
    page = world.client(world.admin).get("/beranda/").content.decode()
    assert "60 PPK dan 471 PPS" in page
    assert "1 dari 5 langkah" in page


def offered(page: str, door: str) -> bool:
    """Whether the page's own content, not the menu, leads there."""
    main = page[page.index("<main") : page.index("</main>")]
    return f'href="{door}"' in main


def test_a_step_is_a_door_only_for_whom_it_opens() -> None:
    world = build_world()
    doors = ("/kantor/", "/wilayah/", "/badan/impor/", "/naskah/")
    for actor, theirs in (
        (world.admin, [True, True, False, False]),
        (world.legal, [False, False, True, True]),
        (world.chair, [False, False, False, True]),
    ):
        page = world.client(actor).get("/beranda/").content.decode()
        assert [offered(page, door) for door in doors] == theirs, actor.role


def test_before_the_roster_is_in_nobody_is_asked_for_successors() -> None:
    world = build_world()
    seat_cast(world)
    page = world.client(world.legal).get("/beranda/").content.decode()
    assert "dari 531 anggota sudah tercatat" in page
    assert "keanggotaan lowong" not in page


def test_an_officer_sees_what_waits_and_where_to_do_it() -> None:
    world = build_world()
    seat_cast(world)
    page = world.client(world.legal).get("/beranda/").content.decode()
    assert "/badan/impor/" in page
    assert "/badan/?saring=data" in page


def test_the_province_goes_to_its_board() -> None:
    world = build_world()
    assert world.client(world.supervisor).get("/beranda/").headers["Location"] == "/kesiapan/63/"
