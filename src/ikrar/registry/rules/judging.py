"""Judges all rows of a roster together: who is new, who changed, who is the same, and who cannot be taken and why.

Decided in issue 6: both rows of one NIK are refused; over the seats the first in sheet order fit; without NIK a row is
the same person if body, folded name and birth date agree; the same file again changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from ikrar.core.formats import initials, masked_nik, masked_phone
from ikrar.registry.rules.columns import Field
from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.names import fold_name
from ikrar.registry.rules.nik import Sex
from ikrar.registry.rules.places import Place, edit_distance
from ikrar.registry.rules.problems import Problem, Trouble, trouble
from ikrar.registry.rules.rows import Draft, Fault, Member, RawRow, join_rows, make_fault
from ikrar.registry.rules.service import Position, Start

Token = Callable[[str], str]
"""Turns a NIK or a phone number into what the registry keeps for comparing (a keyed index), so that no plain number is
needed here of those already recorded."""


class Outcome(Enum):
    """What saving will do with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Known:
    """A person whom the registry has. `body` is empty where the person serves nowhere now; `nik` and `phone` are tokens."""

    person: str
    name: str
    body: str = ""
    body_label: str = ""
    membership: str = ""
    position: Position = Position.MEMBER
    nik: str = ""
    nik_last4: str = ""
    phone: str = ""
    phone_masked: str = ""
    sex: Sex | None = None
    born_on: date | None = None
    decree_number: str = ""
    decree_on: date | None = None


@dataclass(frozen=True)
class Change:
    """One field that saving will change; NIK and phone are masked in both."""

    field: Field
    before: str
    after: str


@dataclass(frozen=True)
class Verdict:
    """What will happen with one row. `known` is the person the row is about, if the registry has them; `start` is set
    by `starts.plan_starts` where a membership will begin."""

    sheet: str
    row: int
    outcome: Outcome
    member: Member | None = None
    known: Known | None = None
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    start: Start | None = None


@dataclass(frozen=True)
class KindSum:
    """How full the bodies of one kind will be."""

    kind: BodyKind
    bodies: int
    members: int
    seats: int

    @property
    def vacant(self) -> int:
        """Places without a member."""
        return self.seats - self.members


@dataclass(frozen=True)
class Effect:
    """What saving will do, in figures."""

    new: int
    changed: int
    unchanged: int
    rejected: int
    sums: tuple[KindSum, ...]

    @property
    def accepted(self) -> int:
        """Rows that saving will store."""
        return self.new + self.changed


def judge_rows(drafts: Sequence[Draft], known: Sequence[Known], token: Token) -> list[Verdict]:
    """One verdict a row, in the order of the rows."""
    desk = _Desk(list(drafts), known, token)
    desk.refuse_twins()
    desk.match()
    desk.refuse_twice_matched()
    desk.seat_chairs()
    desk.fill_seats()
    return [desk.verdict(at) for at in range(len(drafts))]


def judge_effect(verdicts: Iterable[Verdict], places: Iterable[Place], known: Iterable[Known]) -> Effect:
    """The sums after saving."""
    verdicts = list(verdicts)
    by_outcome = Counter(verdict.outcome for verdict in verdicts)
    kinds = {place.id: place.kind for place in places}
    members = Counter(kinds[each.body] for each in known if each.body in kinds)
    members += Counter(verdict.member.place.kind for verdict in verdicts
                       if verdict.outcome is Outcome.NEW and verdict.member)
    sums = tuple(KindSum(kind, len(of_kind), members[kind], sum(place.seats for place in of_kind))
                 for kind in BodyKind if (of_kind := [place for place in places if place.kind is kind]))
    return Effect(by_outcome[Outcome.NEW], by_outcome[Outcome.CHANGED], by_outcome[Outcome.UNCHANGED],
                  by_outcome[Outcome.REJECTED], sums)


class _Desk:
    """The rows on the desk while they are judged; `members[at]` is None once row `at` is refused."""

    def __init__(self, drafts: list[Draft], known: Sequence[Known], token: Token) -> None:
        self.drafts = drafts
        self.members = [draft.member for draft in drafts]
        self.faults: list[list[Fault]] = [list(draft.faults) for draft in drafts]
        self.matched: list[Known | None] = [None] * len(drafts)
        self.token = token
        self.by_nik = {each.nik: each for each in known if each.nik}
        self.in_body: dict[str, list[Known]] = defaultdict(list)
        for each in known:
            if each.body:
                self.in_body[each.body].append(each)

    def refuse(self, at: int, field: Field, wrong: Trouble) -> None:
        self.faults[at].append(make_fault(self.drafts[at].raw, field, wrong))
        self.members[at] = None

    def place_of(self, at: int) -> tuple[str, int]:
        raw: RawRow = self.drafts[at].raw
        return raw.layout.sheet, raw.number

    def refuse_twins(self) -> None:
        """Rows that share a NIK; and rows that are one person where a NIK is wanting."""
        by_nik = _groups((draft.nik, at) for at, draft in enumerate(self.drafts) if draft.nik)
        people = _groups(((member.place.id, member.folded, member.born_on), at)
                         for at, member in enumerate(self.members) if member)
        for group in by_nik:
            self._refuse_group(group, Field.NIK, Problem.NIK_TWICE)
        for group in people:
            if not all(self.drafts[at].nik for at in group):
                self._refuse_group(group, Field.NAME, Problem.PERSON_TWICE)

    def _refuse_group(self, group: Sequence[int], field: Field, problem: Problem) -> None:
        for at in group:
            here = self.drafts[at].raw.layout.sheet
            others = join_rows((self.place_of(other) for other in group if other != at), here)
            self.refuse(at, field, trouble(problem, rows=others))

    def match(self) -> None:
        """Find the person of each row among those the registry has."""
        for at, member in enumerate(self.members):
            if member is None:
                continue
            found = self._find_known(member)
            if isinstance(found, Trouble):
                self.refuse(at, Field.NAME if found.code is Problem.PERSON_UNSURE else Field.NIK, found)
            else:
                self.matched[at] = found

    def _find_known(self, member: Member) -> Known | Trouble | None:
        owner = self.by_nik.get(self.token(member.nik)) if member.nik else None
        if owner:
            return _check_owner(owner, member)
        alike = [each for each in self.in_body[member.place.id] if fold_name(each.name) == member.folded
                 and (each.born_on is None or member.born_on is None or each.born_on == member.born_on)]
        if member.nik:
            for each in alike:
                if each.nik and each.born_on is not None and each.born_on == member.born_on:
                    return trouble(Problem.NIK_DIFFERS, masked=masked_nik(each.nik_last4))
            alike = [each for each in alike if not each.nik]
        exact = [each for each in alike if each.born_on == member.born_on]
        if len(alike) > 1 and len(exact) != 1:
            return trouble(Problem.PERSON_UNSURE, body=member.place.label)
        return next(iter(exact if len(alike) > 1 else alike), None)

    def refuse_twice_matched(self) -> None:
        """Two rows that are about one recorded person."""
        for group in _groups((known.person, at) for at, known in enumerate(self.matched) if known and self.members[at]):
            self._refuse_group(group, Field.NAME, Problem.PERSON_TWICE)

    def seat_chairs(self) -> None:
        """One chair a body: who is chair and stays, then the rows in their order."""
        chairs: dict[str, int | Known] = {}
        in_file = {known.person: at for at, known in enumerate(self.matched) if known and self.members[at]}
        for each in (known for members in self.in_body.values() for known in members):
            member = self.members[in_file[each.person]] if each.person in in_file else None
            if each.position is Position.CHAIR and (member is None or member.position is Position.CHAIR):
                chairs[each.body] = in_file.get(each.person, each)
        for at, member in enumerate(self.members):
            if member and member.position is Position.CHAIR and chairs.setdefault(member.place.id, at) != at:
                self._refuse_second_chair(at, member, chairs[member.place.id])

    def _refuse_second_chair(self, at: int, member: Member, chair: int | Known) -> None:
        if isinstance(chair, Known):
            wrong = trouble(Problem.SECOND_CHAIR_KNOWN, body=member.place.label, initials=initials(chair.name))
        else:
            rows = join_rows([self.place_of(chair)], self.place_of(at)[0])
            wrong = trouble(Problem.SECOND_CHAIR, body=member.place.label, rows=rows)
        self.refuse(at, Field.POSITION, wrong)

    def fill_seats(self) -> None:
        """New members take the free places in the order of the sheet."""
        sitting: dict[str, list[int]] = defaultdict(list)
        for at, member in enumerate(self.members):
            if member and self._sits_there(at, member):
                sitting[member.place.id].append(at)
        for at, member in enumerate(self.members):
            if member is None or self._sits_there(at, member):
                continue
            rows, known = sitting[member.place.id], self.in_body[member.place.id]
            only_known = len(known) - sum(self._sits_there(row, member) for row in rows)
            if only_known + len(rows) >= member.place.seats:
                self.refuse(at, Field.POSITION, self._full(member.place, rows, only_known, self.place_of(at)[0]))
            else:
                rows.append(at)

    def _sits_there(self, at: int, member: Member) -> bool:
        known = self.matched[at]
        return known is not None and known.body == member.place.id

    def _full(self, place: Place, rows: Sequence[int], only_known: int, here: str) -> Trouble:
        common = {"body": place.label, "seats": place.seats}
        where = sorted(self.place_of(row) for row in rows)
        numbers = [number for sheet, number in where if sheet == here]
        if not rows:
            return trouble(Problem.BODY_FULL_KNOWN, **common)
        if only_known > 0:
            return trouble(Problem.BODY_FULL_MIXED, known=only_known, rows=join_rows(where, here), **common)
        if len(numbers) == len(rows) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:
            return trouble(Problem.BODY_FULL_RANGE, first=numbers[0], last=numbers[-1], **common)
        return trouble(Problem.BODY_FULL, rows=join_rows(where, here), **common)

    def verdict(self, at: int) -> Verdict:
        sheet, row = self.place_of(at)
        member, known = self.members[at], self.matched[at]
        if member is None:
            faults = sorted(self.faults[at], key=lambda fault: (len(fault.column), fault.column))
            return Verdict(sheet, row, Outcome.REJECTED, faults=tuple(faults))
        if known is None or not self._sits_there(at, member):
            return Verdict(sheet, row, Outcome.NEW, member, known)
        changes = tuple(_changes(known, member, self.token))
        return Verdict(sheet, row, Outcome.CHANGED if changes else Outcome.UNCHANGED, member, known, changes)


def _groups(pairs: Iterable[tuple[object, int]]) -> list[list[int]]:
    """The rows that share a key, where more than one does."""
    found: dict[object, list[int]] = defaultdict(list)
    for key, at in pairs:
        found[key].append(at)
    return [rows for rows in found.values() if len(rows) > 1]


def _check_owner(owner: Known, member: Member) -> Known | Trouble:
    """Whether the person who has this NIK can be the one of the row."""
    if not is_similar(fold_name(owner.name), member.folded):
        return trouble(Problem.NIK_OTHER_NAME, initials=initials(owner.name), body=owner.body_label or "-")
    if owner.body and owner.body != member.place.id:
        return trouble(Problem.NIK_ELSEWHERE, body=owner.body_label)
    return owner


def is_similar(left: str, right: str) -> bool:
    """A name corrected, not another person: a word in common, or a few letters apart."""
    return bool(set(left.split()) & set(right.split())) or edit_distance(left, right, 3) <= 3


def _changes(known: Known, member: Member, token: Token) -> Iterable[Change]:
    """What the row says that the registry does not have. An empty cell changes nothing; a spelling that folds alike
    keeps what is recorded."""
    if fold_name(known.name) != member.folded:
        yield Change(Field.NAME, known.name, member.name)
    if member.nik and not known.nik:
        yield Change(Field.NIK, "", masked_nik(member.nik[-4:]))
    if member.phone and token(member.phone) != known.phone:
        yield Change(Field.PHONE, known.phone_masked, masked_phone(member.phone))
    pairs: tuple[tuple[Field, object, object], ...] = (
        (Field.SEX, known.sex, member.sex), (Field.BIRTH_DATE, known.born_on, member.born_on),
        (Field.POSITION, known.position, member.position),
        (Field.DECREE_NUMBER, known.decree_number, member.decree_number),
        (Field.DECREE_DATE, known.decree_on, member.decree_on))
    for field, before, after in pairs:
        if after and after != before:
            yield Change(field, _written(before), _written(after))


def _written(value: object) -> str:
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value or "")
