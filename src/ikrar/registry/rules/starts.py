"""From which day the new members of a roster serve, and whose place each takes; a row that contradicts the body's
history is refused. Decided in issue 6: a replacement needs a decree number. Law: PKPU 8/2022 Pasal 43.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ikrar.registry.rules.columns import Field
from ikrar.registry.rules.judging import Outcome, Verdict
from ikrar.registry.rules.problems import Problem, Trouble, trouble
from ikrar.registry.rules.rows import Draft, Member, make_fault
from ikrar.registry.rules.service import Service, ServiceRefusal, Start, StartBasis, check_start, open_places

# A decree that appoints for an election lies within two years of its voting day (A); anything else is a slip.
FARTHEST = timedelta(days=730)


@dataclass(frozen=True)
class Term:
    """One membership of the election, past or present; `is_followed` where somebody took its place."""

    service: Service
    person: str
    body: str
    folded: str
    born_on: date | None = None
    decree_number: str = ""
    is_followed: bool = False


@dataclass(frozen=True)
class Calendar:
    """The days by which a start is judged."""

    today: date
    voting_on: date
    term_from: date | None = None


def plan_starts(drafts: Sequence[Draft], verdicts: Sequence[Verdict], terms: Iterable[Term],
                calendar: Calendar) -> list[Verdict]:
    """The verdicts of `judge_rows` with the first day of each new membership, or refused where no day fits."""
    plan = _Plan(calendar, list(terms))
    for verdict in verdicts:
        plan.take_change(verdict)
    return [plan.place(draft, verdict) for draft, verdict in zip(drafts, verdicts, strict=True)]


@dataclass
class _Plan:
    """The bodies' histories while new members are put into them in the order of the sheet."""

    calendar: Calendar
    terms: list[Term]
    services: dict[str, dict[str, Service]] = field(default_factory=lambda: defaultdict(dict))
    followed: set[str] = field(default_factory=set)
    ended: dict[str, list[Term]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for term in self.terms:
            self.services[term.body][term.service.id] = term.service
            if term.is_followed:
                self.followed.add(term.service.id)
            if term.service.ended_on and term.service.ended_on < self.calendar.today:
                self.ended[term.body].append(term)

    def take_change(self, verdict: Verdict) -> None:
        """A row that changes a position changes it for the rows that are placed after it and before it alike."""
        if verdict.outcome is Outcome.CHANGED and verdict.member and verdict.known:
            here = self.services[verdict.member.place.id]
            own = here.get(verdict.known.membership)
            if own:
                here[own.id] = replace(own, position=verdict.member.position)

    def place(self, draft: Draft, verdict: Verdict) -> Verdict:
        member = verdict.member
        if member is None or verdict.outcome not in (Outcome.NEW, Outcome.CHANGED):
            return verdict
        wrong = self._check_decree_date(member)
        start = self._start(member, verdict) if verdict.outcome is Outcome.NEW and wrong is None else None
        if isinstance(start, Trouble):
            wrong = start
        if wrong:
            fault = make_fault(draft.raw, _FIELDS[wrong.code], wrong)
            return Verdict(verdict.sheet, verdict.row, Outcome.REJECTED, faults=(fault,))
        return replace(verdict, start=start) if isinstance(start, Start) else verdict

    def _check_decree_date(self, member: Member) -> Trouble | None:
        day = member.decree_on
        if day and abs(day - self.calendar.voting_on) > FARTHEST:
            return trouble(Problem.DECREE_DATE_FAR, day=_written(day))
        return None

    def _start(self, member: Member, verdict: Verdict) -> Start | Trouble:
        own = verdict.known.person if verdict.known else ""
        body, label = member.place.id, member.place.label
        if ended := self._ended_here(member, own):
            return trouble(Problem.SERVED_HERE, body=label, day=_written(ended))
        others = list(self.services[body].values())
        first = self._first_day(member, others)
        if until := self._until_elsewhere(own, first.day):
            return trouble(Problem.STARTS_WHILE_ELSEWHERE, day=_written(first.day), until=_written(until))
        refused = check_start(body=label, seats=member.place.seats, others=others, position=member.position,
                              start=first.day)
        if refused:
            full = refused[0] is ServiceRefusal.BODY_FULL
            return trouble(Problem.STARTS_WHILE_FULL if full else Problem.STARTS_BESIDE_CHAIR, body=label,
                           day=_written(first.day))
        vacated = next(iter(open_places(others, self.followed, first.day)), None)
        if vacated and not member.decree_number:
            return trouble(Problem.DECREE_NEEDED, body=label)
        self._sit(member, first.day, vacated)
        return replace(first, follows=vacated.id) if vacated else first

    def _first_day(self, member: Member, others: Sequence[Service]) -> Start:
        """The decree's date; where there is none, today for a successor and the first day of the term for the others."""
        if member.decree_on:
            return Start(member.decree_on, StartBasis.DECREE)
        is_succession = bool(open_places(others, self.followed, self.calendar.today))
        if self.calendar.term_from and not is_succession:
            return Start(self.calendar.term_from, StartBasis.TERM)
        return Start(self.calendar.today, StartBasis.TODAY)

    def _sit(self, member: Member, day: date, vacated: Service | None) -> None:
        here = self.services[member.place.id]
        seat = f"new {len(here)}"
        here[seat] = Service(seat, member.name, member.position, day, None)
        if vacated:
            self.followed.add(vacated.id)

    def _ended_here(self, member: Member, own: str) -> date | None:
        """The last day of this person's earlier service in the body, where the row shows no newer decree."""
        for term in self.ended[member.place.id]:
            last = term.service.ended_on or self.calendar.today
            same = term.person == own if own else (
                term.folded == member.folded and (term.born_on is None or term.born_on == member.born_on))
            decreed = member.decree_on or self.calendar.today
            is_newer = member.decree_number not in ("", term.decree_number) and decreed > last
            if same and not is_newer:
                return last
        return None

    def _until_elsewhere(self, own: str, start: date) -> date | None:
        """The last day of a service in another body that the start would overlap."""
        ends = [term.service.ended_on for term in self.terms if own and term.person == own]
        return max((last for last in ends if last and last >= start), default=None)


_FIELDS = {
    Problem.DECREE_DATE_FAR: Field.DECREE_DATE,
    Problem.STARTS_WHILE_FULL: Field.DECREE_DATE,
    Problem.STARTS_BESIDE_CHAIR: Field.DECREE_DATE,
    Problem.STARTS_WHILE_ELSEWHERE: Field.DECREE_DATE,
    Problem.DECREE_NEEDED: Field.DECREE_NUMBER,
    Problem.SERVED_HERE: Field.NAME,
}


def _written(day: date) -> str:
    return f"{day:%d-%m-%Y}"
