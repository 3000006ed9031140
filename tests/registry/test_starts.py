"""From which day a new member serves: the decree's, the term's, or today; and what contradicts the history of a seat."""

from datetime import date

import pytest

from ikrar.registry.rules.judging import Outcome, Verdict, judge_rows
from ikrar.registry.rules.layout import accept_suggestions, propose
from ikrar.registry.rules.rows import list_rows, read_row
from ikrar.registry.rules.service import Position, Service, Start, StartBasis
from ikrar.registry.rules.starts import Calendar, Term, plan_starts
from rosters import TODAY, as_known, body, here, judged, person, sheet_of

MANUNTUNG = body("Manuntung", "Kusan Hulu")
CALENDAR = Calendar(TODAY, date(2024, 11, 27), date(2024, 5, 26))
LEFT = date(2024, 11, 6)


def term(number: int, *, ended: date | None = None, position: Position = Position.MEMBER, **given: object) -> Term:
    """A membership in PPS Manuntung since 24 May 2024."""
    service = Service(f"m{number}", f"Orang {number}", position, date(2024, 5, 24), ended)
    return Term(service, **{"person": f"p{number}", "body": MANUNTUNG.id, "folded": f"orang {number}", **given})


def planned(*people: dict, terms: tuple[Term, ...] = (), known: tuple = (), calendar: Calendar = CALENDAR) -> list[Verdict]:
    """Judged, then planned."""
    proposal = accept_suggestions(propose(sheet_of(*people), {}))
    drafts = [read_row(raw, here(), today=TODAY) for raw in list_rows(proposal, {})]
    return plan_starts(drafts, judge_rows(drafts, known, lambda plain: f"token of {plain}"), terms, calendar)


def fault(verdict: Verdict) -> tuple[str, str]:
    return verdict.faults[0].column, verdict.faults[0].trouble.code.name


def test_the_decree_then_the_term_then_today():
    rows = (person(1), person(2, SK="97/2024"), person(3, SK=None))
    assert [verdict.start for verdict in planned(*rows)] == [
        Start(date(2024, 5, 24), StartBasis.DECREE), *[Start(date(2024, 5, 26), StartBasis.TERM)] * 2]
    without = Calendar(TODAY, CALENDAR.voting_on)
    assert planned(person(3, SK=None), calendar=without)[0].start == Start(TODAY, StartBasis.TODAY)


def test_a_decree_date_far_from_the_election_is_a_slip():
    wrong, = planned(person(1, SK="97/2024, 24-05-2014"))
    assert (wrong.outcome, fault(wrong)) == (Outcome.REJECTED, ("J", "DECREE_DATE_FAR"))


def test_a_successor_follows_and_needs_a_decree():
    terms = (term(1, ended=LEFT),)
    first, second = planned(person(5, SK="110/2024, 08-11-2024"), person(6, SK="110/2024, 08-11-2024"), terms=terms)
    assert (first.start, second.start.follows) == (Start(date(2024, 11, 8), StartBasis.DECREE, "m1"), "")
    wrong, = planned(person(5, SK=None), terms=terms)
    assert fault(wrong) == ("B", "DECREE_NEEDED")
    undated, = planned(person(5, SK="110/2024"), terms=terms)
    assert undated.start == Start(TODAY, StartBasis.TODAY, "m1")


def test_a_place_that_somebody_took_is_not_followed_again():
    verdict, = planned(person(5, SK=None), terms=(term(1, ended=LEFT, is_followed=True), term(2)))
    assert (verdict.outcome, verdict.start.follows) == (Outcome.NEW, "")


def test_nobody_begins_while_the_body_was_complete():
    wrong, = planned(person(5), terms=(term(1, ended=LEFT), term(2), term(3)))
    assert fault(wrong) == ("J", "STARTS_WHILE_FULL")
    assert dict(wrong.faults[0].trouble.data) == {"body": "PPS Manuntung", "day": "24-05-2024"}


def test_nobody_is_chair_beside_another():
    wrong, = planned(person(5, JABATAN="Ketua"), terms=(term(1, ended=LEFT, position=Position.CHAIR),))
    assert fault(wrong) == ("J", "STARTS_BESIDE_CHAIR")


def test_who_left_is_not_brought_back_by_the_old_decree():
    left = term(1, ended=LEFT, folded="orang aaaf", decree_number="97 Tahun 2024")
    assert fault(planned(person(5), terms=(left,))[0]) == ("B", "SERVED_HERE")
    again, = planned(person(5, SK="110/2024, 08-11-2024"), terms=(left,))
    assert again.start == Start(date(2024, 11, 8), StartBasis.DECREE, "m1")


def test_who_left_is_known_by_the_person_whatever_the_name():
    one = judged(sheet_of(person(5)))[0]
    gone = as_known(one)
    gone = type(gone)(person="p1", name=gone.name, nik=gone.nik, nik_last4=gone.nik_last4, born_on=gone.born_on)
    left = term(1, ended=LEFT, folded="nama lama")
    assert fault(planned(person(5), terms=(left,), known=(gone,))[0]) == ("B", "SERVED_HERE")
    elsewhere = term(1, ended=LEFT, body="other")
    wrong, = planned(person(5), terms=(elsewhere,), known=(gone,))
    assert fault(wrong) == ("J", "STARTS_WHILE_ELSEWHERE")


@pytest.mark.parametrize("born_on", [date(1985, 6, 6), None])
def test_the_same_name_with_the_same_birth_date_or_none_is_the_same_person(born_on):
    left = term(1, ended=LEFT, folded="orang aaaf", born_on=born_on)
    assert fault(planned(person(5), terms=(left,))[0])[1] == "SERVED_HERE"
    other = term(1, ended=LEFT, folded="orang aaaf", born_on=date(1970, 1, 1))
    assert planned(person(5, SK="110/2024, 08-11-2024"), terms=(other,))[0].outcome is Outcome.NEW


def test_a_changed_position_counts_for_the_rows_around_it():
    chair = as_known(judged(sheet_of(person(1, JABATAN="Ketua")))[0])
    terms = (term(1, position=Position.CHAIR),)
    known = type(chair)(**{**vars(chair), "membership": "m1", "person": "p1"})
    rows = planned(person(2, JABATAN="Ketua"), person(1), terms=terms, known=(known,))
    assert [row.outcome for row in rows] == [Outcome.NEW, Outcome.CHANGED]
