"""For fsck: whether memberships and persons say what was told of them when they were added, corrected, moved, ended."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db.models import F, Q

from ikrar.core import crypto
from ikrar.core.crypto import Purpose
from ikrar.ledger.queries import Heard, Row, Watch
from ikrar.registry.entries import (
    END_VOIDED,
    IDENTITY_CHECK_VOIDED,
    IDENTITY_CHECKED,
    MEMBER_ADDED,
    MEMBER_CORRECTED,
    MEMBER_ENDED,
    MEMBER_MOVED,
    MEMBERSHIP_VOIDED,
)
from ikrar.registry.models import Membership, Person

_OF_PERSON = ("name", "sex", "born_on", "nik", "phone")
_OF_SERVICE = ("person", "body_id", "position", "started_on", "decree_number", "decree_on", "source", "succeeds")
_NOT_ENDED = {"ended_on": None, "end_reason": "", "end_decree_number": "", "end_note": ""}


class ServiceWatch(Watch):
    """Memberships, each with its person: what is corrected through one holds for all of that person."""

    kinds = (
        MEMBER_ADDED,
        MEMBER_CORRECTED,
        MEMBER_MOVED,
        MEMBER_ENDED,
        MEMBERSHIP_VOIDED,
        END_VOIDED,
        IDENTITY_CHECKED,
        IDENTITY_CHECK_VOIDED,
    )

    def __init__(self) -> None:
        super().__init__()
        self._people: dict[str, Row] = defaultdict(dict)
        self._services: dict[str, Row | None] = {}

    def hear(self, heard: Heard) -> None:
        """Bring services and people to what this entry says; one that was erased leaves nothing to compare."""
        if heard.facts is None:
            self._services[heard.subject] = None
        elif heard.kind in (MEMBER_ADDED.name, MEMBER_MOVED.name):
            self._begin(heard.subject, heard.facts)
        elif (row := self._services.get(heard.subject)) is not None:
            self._go_on(row, heard.kind, heard.facts)

    def _begin(self, subject: str, facts: Row) -> None:
        row = {name: facts.get(name) for name in _OF_SERVICE}
        self._services[subject] = row | _NOT_ENDED | {"voided": False, "identity_by": ""}
        self._people[facts["person"]].update({name: facts[name] for name in _OF_PERSON if name in facts})

    def _go_on(self, row: Row, kind: str, facts: Row) -> None:
        for name, (_, after) in facts.get("changed", {}).items():
            (self._people[row["person"]] if name in _OF_PERSON else row)[name] = after
        if kind == MEMBER_ENDED.name:
            row.update(ended_on=facts["ended_on"], end_reason=facts["reason"], end_note=facts["note"])
            row["end_decree_number"] = facts["decree_number"]
        elif kind == END_VOIDED.name:
            row.update(_NOT_ENDED)
        elif kind == MEMBERSHIP_VOIDED.name:
            row["voided"] = True
            self._forget_contacts(row["person"])
        elif kind in (IDENTITY_CHECKED.name, IDENTITY_CHECK_VOIDED.name):
            row["identity_by"] = facts["by"] if kind == IDENTITY_CHECKED.name else ""

    def _forget_contacts(self, person: str) -> None:
        """Whoever never served holds no NIK and no phone (`registry.actions.people.forget_contacts`)."""
        of_person = [row for row in self._services.values() if row and row["person"] == person]
        if all(row["voided"] for row in of_person):
            self._people[person].update(nik=None, phone=None)

    def name_of(self, membership: str) -> str | None:
        """The person's name as it was told last; None where that was erased."""
        row = self._services.get(membership)
        name: str | None = self._people[row["person"]].get("name") if row else None
        return name

    def list_said(self) -> dict[str, Row | None]:
        """Each membership with its person, NIK and phone once as they are found and once as they are stored."""
        return {f"membership {key}": row and row | self._identity(row["person"]) for key, row in self._services.items()}

    def _identity(self, person: str) -> Row:
        known = {name: self._people[person].get(name) for name in _OF_PERSON}
        return known | {"nik_stored": known["nik"], "phone_stored": known["phone"]}

    def list_rows(self) -> dict[str, Row]:
        """All memberships there are, also the voided."""
        rows = Membership.objects.select_related("person").iterator(chunk_size=2000)
        return {f"membership {row.pk}": _service(row) | _person(row.person) for row in rows}

    def list_contradictions(self) -> Iterator[str]:
        """Memberships that stand elsewhere than their body, or carry another name than their person."""
        same = {"body": Q(election=F("body__election"), path=F("body__path")), "carried_name": Q(name=F("person__name"))}
        for field, agrees in same.items():
            for pk in Membership.objects.exclude(agrees).order_by("pk").values_list("pk", flat=True)[:1]:
                yield f"membership {pk}: {field}"


def _service(row: Membership) -> Row:
    return {
        "person": str(row.person_id),
        "body_id": str(row.body_id),
        "position": row.position,
        "started_on": row.started_on,
        "decree_number": row.decree_number,
        "decree_on": row.decree_on,
        "source": row.source,
        "succeeds": row.succeeds_id,
        "ended_on": row.ended_on,
        "end_reason": row.end_reason,
        "end_decree_number": row.end_decree_number,
        "end_note": row.end_note,
        "voided": row.voided_at is not None,
        "identity_by": row.identity_checked_by if row.identity_checked_at else "",
    }


def _person(row: Person) -> Row:
    nik = _found(row.nik_index, "last4", row.nik_last4)
    phone = _found(row.phone_index, "last2", row.phone_masked[-2:])
    return {
        "name": row.name,
        "sex": row.sex,
        "born_on": row.born_on,
        "nik": nik,
        "nik_stored": _stored(Purpose.NIK, row.nik_enc, "last4", 4),
        "phone": phone,
        "phone_stored": _stored(Purpose.PHONE, row.phone_enc, "last2", 2),
    }


def _found(index: Any, name: str, last: str) -> Row | None:
    return {"index": bytes(index).hex(), name: last} if index else None


def _stored(purpose: Purpose, sealed: Any, name: str, length: int) -> Row | None:
    """What the ledger would be told of the value that is stored encrypted."""
    if not sealed:
        return None
    try:
        value = crypto.decrypt(purpose, sealed).decode()
    except InvalidTag:
        return {"index": "", name: ""}
    return {"index": crypto.index(purpose, value).hex(), name: value[-length:]}
