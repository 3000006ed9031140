"""The rows that an import writes, made in memory: people and memberships, what they were before, and what is told."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ikrar.core import crypto
from ikrar.ledger.actions import Act
from ikrar.registry.actions.identity import uncheck
from ikrar.registry.actions.locks import hold_people, hold_services
from ikrar.registry.actions.members import differences, told_appointment
from ikrar.registry.actions.people import PersonDetails, merge, read, told, write
from ikrar.registry.models import Election, Import, ImportItem, Membership, Person
from ikrar.registry.queries.imports import Versions
from ikrar.registry.queries.service import highest_ranks
from ikrar.registry.rules.judging import Outcome, Verdict
from ikrar.registry.rules.rows import Member


@dataclass
class Batch:
    """Everything that one import writes, ready for a handful of statements."""

    election: Election
    made: Import
    new_people: list[Person] = field(default_factory=list)
    changed_people: list[Person] = field(default_factory=list)
    new_rows: list[Membership] = field(default_factory=list)
    changed_rows: list[Membership] = field(default_factory=list)
    repositioned: list[Membership] = field(default_factory=list)
    items: list[ImportItem] = field(default_factory=list)
    added: list[Act] = field(default_factory=list)
    corrected: list[Act] = field(default_factory=list)
    unchecked: list[Act] = field(default_factory=list)
    unchecked_rows: list[Membership] = field(default_factory=list)
    _ranks: Counter[str] = field(default_factory=Counter)
    _services: Mapping[int, list[Membership]] = field(default_factory=dict)

    def take(self, verdicts: Sequence[Verdict]) -> None:
        """Prepare the rows; people and memberships that exist are held until the transaction ends."""
        self._ranks = highest_ranks({UUID(each.member.place.id) for each in verdicts if each.member})
        people = hold_people(int(each.known.person) for each in verdicts if each.known)
        self._services = hold_services(people)
        rows = {str(row.pk): row for held in self._services.values() for row in held}
        for verdict in verdicts:
            person = people[int(verdict.known.person)] if verdict.known else None
            if verdict.outcome is Outcome.NEW:
                self._add(verdict, person)
            elif person and verdict.known:
                self._change(verdict, person, rows[verdict.known.membership])

    def _add(self, verdict: Verdict, person: Person | None) -> None:
        member, start = verdict.member, verdict.start
        if member is None or start is None:
            raise LookupError(verdict.row)
        path = f"{member.place.code}."
        before = None
        if person is None:
            person = Person(office_id=self.election.office_id, path=path)
            write(person, _details(member))
            self.new_people.append(person)
        else:
            before = {"person": _kept(person)}
            self._rewrite(person, merge(_details(member), read(person)), path)
        self._ranks[member.place.id] += 1
        row = Membership(
            body_id=UUID(member.place.id),
            election=self.election,
            person=person,
            path=path,
            name=person.name,
            position=member.position.value,
            rank=self._ranks[member.place.id],
            started_on=start.day,
            decree_number=member.decree_number,
            decree_on=member.decree_on,
            succeeds_id=UUID(start.follows) if start.follows else None,
        )
        self.new_rows.append(row)
        self._note(verdict, row, before)
        facts = {"body": member.place.code, "kind": member.place.kind.value, **told(read(person))}
        self.added.append(Act(path, str(row.pk), {**facts, **told_appointment(row), **self._origin(verdict)}))

    def _change(self, verdict: Verdict, person: Person, row: Membership) -> None:
        member = verdict.member
        if member is None:
            raise LookupError(verdict.row)
        row.person = person
        before = {"person": _kept(person), "membership": kept_membership(row)}
        was = {**told(read(person)), **told_appointment(row)}
        self._rewrite(person, merge(_details(member), read(person)), person.path)
        row.position = member.position.value
        row.decree_number = member.decree_number or row.decree_number
        row.decree_on = member.decree_on or row.decree_on
        row.version += 1
        self.changed_rows.append(row)
        if row.position != before["membership"]["position"]:
            self.repositioned.append(row)
        self._note(verdict, row, before)
        changed = differences(was, {**told(read(person)), **told_appointment(row)})
        self.corrected.append(Act(row.path, str(row.pk), {"changed": changed, **self._origin(verdict)}))

    def _rewrite(self, person: Person, details: PersonDetails, path: str) -> None:
        """Put in what the row says; a row that says nothing new leaves the person as it is."""
        before = read(person)
        if details == before and path == person.path:
            return
        write(person, details)
        rows = self._services.get(person.pk, [])
        acts = uncheck(rows, differences(told(before), told(details)))
        self.unchecked_rows += rows if acts else []
        self.unchecked += acts
        person.path, person.version = path, person.version + 1
        self.changed_people.append(person)

    def _note(self, verdict: Verdict, row: Membership, before: dict[str, Any] | None) -> None:
        """Keep the old values, and the versions by which a later change is seen."""
        sealed = None
        if before is not None:
            left = asdict(Versions(row.person.version, row.version))
            sealed = crypto.encrypt(crypto.Purpose.IMPORT, json.dumps({**before, "left": left}, default=str).encode())
        self.items.append(
            ImportItem(
                made_by=self.made,
                path=row.path,
                membership=row,
                is_new_person=before is None,
                is_new_membership=verdict.outcome is Outcome.NEW,
                before_enc=sealed,
                row=verdict.row,
            )
        )

    def _origin(self, verdict: Verdict) -> dict[str, Any]:
        return {"import": str(self.made.pk), "sheet": verdict.sheet, "row": verdict.row}


def _details(member: Member) -> PersonDetails:
    """What a row says of a person."""
    return PersonDetails(member.name, member.sex.value if member.sex else "", member.born_on, member.nik, member.phone)


def _kept(person: Person) -> dict[str, Any]:
    return {**asdict(read(person)), "path": person.path}


def kept_membership(row: Membership) -> dict[str, Any]:
    """What an import may change of a membership."""
    return {"position": row.position, "decree_number": row.decree_number, "decree_on": row.decree_on}


def details_from(kept: dict[str, Any]) -> PersonDetails:
    """The person that `before_enc` holds."""
    born_on = date.fromisoformat(kept["born_on"]) if kept["born_on"] else None
    return PersonDetails(kept["name"], kept["sex"], born_on, kept["nik"], kept["phone"])
