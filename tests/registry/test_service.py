"""What holds of a service whichever way it is changed: its days, oath, signatures, door, and the person's other services."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ikrar.access.models import MemberAccess, Session
from ikrar.core import clock
from ikrar.core.db.scope import within
from ikrar.core.errors import Conflict, RuleBroken
from ikrar.ledger.models import Entry
from ikrar.ledger.queries import list_history
from ikrar.oversight.queries import get_body_page
from ikrar.regions.models import Region
from ikrar.registry.actions import (
    Appointment,
    Ending,
    Opened,
    PersonDetails,
    Proof,
    check_identity,
    correct_member,
    end_member,
    issue_links,
    look_up_link,
    move_member,
    note_oaths,
    note_signatures,
    prove_link,
    show_links,
    void_end,
    void_identity_check,
    void_membership,
)
from ikrar.registry.actions.people import read
from ikrar.registry.models import Membership, Person
from ikrar.registry.rules.links import LinkState
from registry.importing import book, member, save
from world import SWORN, World, build_world, seat, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("R14")]
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LASUNG, MANUNTUNG = "63.10.05.2001", "63.10.05.2002"
BORN = date(1996, 8, 17)


@pytest.fixture
def world() -> Iterator[World]:
    with clock.travel(NOW):
        made = build_world()
        seat_cast(made)
        yield made


def the(world: World, key: str) -> Membership:
    return Membership.objects.select_related("person", "body").get(pk=world.members[key].pk)


def end(world: World, key: str, day: date) -> Membership:
    return end_member(actor=world.legal, membership_id=world.members[key].pk, ending=Ending("RESIGNED", day))


def move(world: World, key: str, code: str, day: date) -> Membership:
    appointment = Appointment("MEMBER", day, decree_number="120 Tahun 2026")
    return move_member(
        actor=world.legal, membership_id=world.members[key].pk, body_code=code, appointment=appointment, note="pindah desa"
    )


def correct(world: World, key: str, *, started_on: date = SWORN, **person: Any) -> Membership:
    row = the(world, key)
    details = PersonDetails(**{**vars(read(row.person)), **person})
    return correct_member(
        actor=world.legal,
        membership_id=row.pk,
        person=details,
        appointment=Appointment(row.position, started_on, "97 Tahun 2026", SWORN),
        reason="sesuai SK",
        version=row.version + row.person.version,
    )


def refused(act: Callable[[], object]) -> tuple[str, str]:
    """The field and the code of what the rules do not allow."""
    with pytest.raises(RuleBroken) as caught:
        act()
    field, (code, _) = next(iter(caught.value.fields.items()))
    return field, code.name


def test_an_end_cannot_be_voided_while_the_person_serves_elsewhere(world: World) -> None:
    move(world, "pps-2", LASUNG, date(2026, 9, 1))
    assert refused(lambda: void_end(actor=world.legal, membership_id=world.members["pps-2"].pk, reason="keliru")) == (
        "reason",
        "ALREADY_SERVES",
    )


def test_a_first_day_lies_before_the_end_the_oath_and_the_signatures(world: World) -> None:
    end(world, "pps-2", date(2026, 11, 6))
    assert refused(lambda: correct(world, "pps-2", started_on=date(2026, 11, 7))) == ("started_on", "ENDS_BEFORE_START")
    note_oaths([world.members["pps-1"].pk], date(2026, 7, 1))
    assert refused(lambda: correct(world, "pps-1", started_on=date(2026, 7, 2))) == ("started_on", "SWORN_OUTSIDE")
    note_oaths([world.members["other"].pk], date(2026, 7, 1))
    assert refused(lambda: note_signatures(the(world, "other"), days=[date(2026, 6, 30)])) == ("day", "SIGNED_BEFORE_OATH")
    note_signatures(the(world, "other"), days=[date(2026, 8, 3), date(2026, 8, 1)])
    assert refused(lambda: correct(world, "other", started_on=date(2026, 7, 2))) == ("started_on", "SWORN_OUTSIDE")
    assert correct(world, "other", started_on=date(2026, 7, 1)).started_on == date(2026, 7, 1)


def test_a_last_day_lies_after_the_oath_and_the_signatures(world: World) -> None:
    note_oaths([world.members["pps-1"].pk], date(2026, 7, 1))
    assert refused(lambda: end(world, "pps-1", date(2026, 6, 30))) == ("day", "SWORN_OUTSIDE")
    assert refused(lambda: move(world, "pps-1", LASUNG, date(2026, 7, 1))) == ("started_on", "SWORN_OUTSIDE")
    note_signatures(the(world, "pps-1"), days=[date(2026, 8, 1)])
    assert refused(lambda: end(world, "pps-1", date(2026, 7, 31))) == ("day", "SIGNED_OUTSIDE")
    assert refused(lambda: end(world, "pps-1", date(9999, 12, 31))) == ("day", "ENDS_FAR")
    assert end(world, "pps-1", date(2026, 8, 1)).ended_on == date(2026, 8, 1)


def test_an_oath_outside_the_service_is_not_kept(world: World) -> None:
    with pytest.raises(RuleBroken):
        note_oaths([world.members["pps-1"].pk], date(2026, 5, 31))
    assert the(world, "pps-1").sworn_on is None


@pytest.mark.parametrize(("day", "code"), [
    (date(2016, 5, 31), "STARTS_FAR"), (date(2036, 12, 31), "STARTS_FAR"), (date(2026, 5, 31), "STARTS_BEFORE_BODY")])
def test_a_first_day_lies_after_the_body_came_to_be_and_near_the_election(world: World, day: date, code: str) -> None:
    Region.objects.filter(code=LASUNG).update(valid_from=SWORN)
    assert refused(lambda: seat(world, "new", body=LASUNG, name="Kasyful Jingah", started_on=day)) == ("started_on", code)
    assert seat(world, "new", body=LASUNG, name="Kasyful Jingah", started_on=SWORN).started_on == SWORN


def test_no_signature_stands_without_an_oath_before_it(world: World) -> None:
    who = [world.members["pps-1"].pk]
    assert refused(lambda: note_signatures(the(world, "pps-1"), days=[SWORN])) == ("day", "SIGNED_WITHOUT_OATH")
    note_oaths(who, date(2026, 7, 1))
    note_signatures(the(world, "pps-1"), days=[date(2026, 8, 1)])
    assert refused(lambda: note_oaths(who, date(2026, 8, 2))) == ("day", "SIGNED_BEFORE_OATH")
    assert refused(lambda: note_oaths(who, None)) == ("day", "SIGNED_WITHOUT_OATH")
    note_oaths(who, date(2026, 8, 1))
    note_signatures(the(world, "pps-1"), days=[])
    note_oaths(who, None)
    assert the(world, "pps-1").sworn_on is None


@pytest.mark.parametrize("day", [SWORN, date(1, 1, 1)])
def test_a_move_begins_after_the_service_here(world: World, day: date) -> None:
    assert refused(lambda: move(world, "pps-2", LASUNG, day)) == ("started_on", "MOVES_BEFORE_START")


def test_nothing_changes_in_a_voided_membership(world: World) -> None:
    row = world.members["pps-1"]
    void_membership(actor=world.legal, membership_id=row.pk, reason="orang yang keliru")
    acts: list[Callable[[], object]] = [
        lambda: void_membership(actor=world.legal, membership_id=row.pk, reason="sekali lagi"),
        lambda: end(world, "pps-1", date(2026, 11, 6)),
        lambda: correct(world, "pps-1", name="Orang Lain"),
        lambda: move(world, "pps-1", LASUNG, date(2026, 9, 1)),
        lambda: void_identity_check(actor=world.legal, membership_id=row.pk, reason="keliru"),
    ]
    for act in acts:
        with pytest.raises(Conflict) as caught:
            act()
        assert caught.value.code.name == "IS_VOIDED"


def link_of(world: World, key: str = "pps-1") -> str:
    issue_links(actor=world.legal, membership_ids=[world.members[key].pk])
    return show_links(actor=world.legal, membership_ids=[world.members[key].pk], how="text")[0].token


def test_the_link_of_a_voided_membership_opens_nothing(world: World) -> None:
    world.members["moved"] = move(world, "pps-1", LASUNG, date(2026, 9, 1))
    token = link_of(world, "moved")
    void_membership(actor=world.legal, membership_id=world.members["moved"].pk, reason="tidak jadi pindah")
    assert look_up_link(secret=token).state is LinkState.ENDED
    assert not isinstance(prove(token), Opened)
    assert not Session.objects.exists()
    assert Person.objects.get(pk=world.members["moved"].person_id).path == "63.10.05.2002."


def prove(token: str) -> object:
    return prove_link(secret=token, proof=Proof(BORN, "0012"), agent="test")


LAST = date(2026, 12, 1)
BEFORE_MIDNIGHT, MIDNIGHT = datetime(2026, 12, 1, 15, 59, tzinfo=UTC), datetime(2026, 12, 1, 16, tzinfo=UTC)


@pytest.mark.row("R05")
def test_an_end_ahead_leaves_the_door_open_until_that_day_is_over(world: World) -> None:
    token, client = link_of(world), world.client(world.member("pps-1"))
    end(world, "pps-1", LAST)
    with clock.travel(BEFORE_MIDNIGHT):
        assert client.get("/akun/").status_code == 200
        assert look_up_link(secret=token).state is LinkState.OPEN
    with clock.travel(MIDNIGHT):
        assert client.get("/akun/").status_code == 302
        assert look_up_link(secret=token).state is LinkState.ENDED
        assert not isinstance(prove(token), Opened)


def test_a_door_first_opened_after_the_end_was_recorded_closes_with_it_too(world: World) -> None:
    token = link_of(world)
    end(world, "pps-1", LAST)
    assert isinstance(prove(token), Opened)
    assert MemberAccess.objects.get().ended_at == MIDNIGHT


def test_an_end_that_is_voided_opens_the_door_again(world: World) -> None:
    token, client = link_of(world), world.client(world.member("pps-1"))
    end(world, "pps-1", LAST)
    void_end(actor=world.legal, membership_id=world.members["pps-1"].pk, reason="surat ditarik")
    with clock.travel(MIDNIGHT):
        assert client.get("/akun/").status_code == 200
        assert look_up_link(secret=token).state is LinkState.OPEN


def test_who_moves_on_a_day_ahead_still_reads_the_own_data_here(world: World) -> None:
    client = world.client(world.member("pps-1"))
    move(world, "pps-1", LASUNG, date(2026, 12, 2))
    with clock.travel(BEFORE_MIDNIGHT):
        page = client.get("/beranda/data/")
    assert "Jamilah Ulfah Rambai" in page.text
    assert "0812 •••• 10" in page.text


def returned(world: World, **given: Any) -> Membership:
    details = {"name": "JAMILAH ULFAH RAMBAI", "nik": "6310055708960012", "started_on": date(2026, 10, 1), **given}
    return seat(world, "again", body=LASUNG, **details)


@pytest.mark.row("R07")
def test_who_served_before_returns_as_the_same_person(world: World) -> None:
    end(world, "pps-1", date(2026, 9, 1))
    row = returned(world, phone="+6281234567099")
    assert row.person_id == world.members["pps-1"].person_id
    assert (row.person.name, row.person.path) == ("Jamilah Ulfah Rambai", "63.10.05.2001.")
    assert read(row.person).phone == "+6281234567099"


def test_who_returns_has_a_name_that_can_be_theirs_and_does_not_serve_elsewhere(world: World) -> None:
    assert refused(lambda: returned(world)) == ("nik", "ALREADY_SERVES")
    end(world, "pps-1", date(2026, 9, 1))
    with pytest.raises(Conflict) as caught:
        returned(world, name="Kartini Bambu")
    assert caught.value.fields["nik"][1]["name"] == "Jamilah Ulfah Rambai"
    assert refused(lambda: returned(world, started_on=date(2026, 9, 1))) == ("nik", "ALREADY_SERVES")


@pytest.mark.parametrize("given", [{"name": "Jamilah Rambai"}, {"born_on": date(1996, 8, 18)}, {"sex": "L"}])
def test_who_returns_does_not_rewrite_what_is_recorded(world: World, given: dict[str, Any]) -> None:
    correct(world, "pps-1", sex="P")
    end(world, "pps-1", date(2026, 9, 1))
    with pytest.raises(Conflict) as caught:
        returned(world, **given)
    assert {field: code.name for field, (code, _) in caught.value.fields.items()} == dict.fromkeys(given, "KNOWN_OTHERWISE")
    assert read(the(world, "pps-1").person).name == "Jamilah Ulfah Rambai"


def ticked(world: World, key: str = "pps-1") -> None:
    row = the(world, key)
    check_identity(actor=world.legal, body_code=row.body.code, election_id=world.election.pk, membership_ids=[row.pk])


@pytest.mark.parametrize("changed", [
    {"name": "Jamilah Rambai"}, {"nik": "6310055708960099"}, {"nik": "6310055808960012", "born_on": date(1996, 8, 18)},
])
def test_another_identity_takes_the_tick_back(world: World, changed: dict[str, Any]) -> None:
    ticked(world)
    correct(world, "pps-1", phone="+6281234567099")
    assert the(world, "pps-1").identity_checked_at == NOW
    correct(world, "pps-1", **changed)
    assert the(world, "pps-1").identity_checked_at is None
    assert Entry.objects.filter(kind="registry.identity_check_voided", subject=str(world.members["pps-1"].pk)).count() == 1


def test_a_roster_with_another_name_takes_the_tick_back(world: World) -> None:
    save(world, book(member(1, cells={"DESA/KEL": "Lasung"})))
    row = Membership.objects.select_related("person").get(person__nik_last4="0001")
    world.members["rostered"] = row
    ticked(world, "rostered")
    save(world, book(member(1, cells={"DESA/KEL": "Lasung", "NAMA LENGKAP": f"{row.name} Rambai"})))
    assert the(world, "rostered").identity_checked_at is None
    assert the(world, "rostered").name == f"{row.name} Rambai"


def test_a_correction_of_the_name_reaches_every_service(world: World) -> None:
    world.members["moved"] = move(world, "pps-1", LASUNG, date(2026, 9, 1))
    correct(world, "moved", started_on=date(2026, 9, 1), name="Jamilah Rambai")
    assert {the(world, key).name for key in ("pps-1", "moved")} == {"Jamilah Rambai"}


@pytest.mark.row("D02")
def test_who_serves_elsewhere_now_stands_in_the_lists_of_then(world: World) -> None:
    move(world, "pps-2", "63.10.01.2005", date(2026, 9, 1))
    chair = world.member("ppk-chair")
    with within(*chair.scope):
        page = get_body_page(chair, MANUNTUNG, day=date(2026, 8, 31))
        assert [each.name for each in page.members][1:] == ["Jamilah Ulfah Rambai", "Suprapti"]
        assert page.state.members == 3
    with within(*world.legal.scope):
        former = get_body_page(world.legal, MANUNTUNG).former
    assert [each.name for each in former] == ["Suprapti"]


def test_a_move_is_told_of_the_old_service_too(world: World) -> None:
    new = move(world, "pps-2", LASUNG, date(2026, 9, 1))
    told = list_history(world.legal, str(world.members["pps-2"].pk))[0]
    assert told.kind == "registry.member_ended"
    assert told.facts
    assert told.facts["reason"] == "APPOINTED_ELSEWHERE"
    assert (told.facts["ended_on"], told.facts["moved_to"]) == ("2026-08-31", LASUNG)
    assert list_history(world.legal, str(new.pk))[0].kind == "registry.member_moved"


def test_an_import_ranks_after_those_who_are_there(world: World) -> None:
    void_membership(actor=world.legal, membership_id=world.members["pps-2"].pk, reason="salah")
    save(world, book(member(1)))
    ranks = Membership.objects.filter(body=world.members["pps-1"].body, voided_at=None).order_by("rank")
    assert list(ranks.values_list("rank", flat=True)) == [1, 2, 4]


def test_links_are_issued_with_the_same_number_of_queries_for_one_or_many(
    world: World, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(7):
        issue_links(actor=world.legal, membership_ids=[world.members["pps-1"].pk])
    with django_assert_num_queries(7):
        issue_links(actor=world.legal, membership_ids=[world.members[key].pk for key in ("ppk-chair", "pps-1", "pps-chair")])
