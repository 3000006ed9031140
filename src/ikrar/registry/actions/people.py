"""Persons and their protected data: one person per office and NIK, NIK and phone encrypted, everything told masked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from ikrar.core import crypto, formats
from ikrar.core.errors import Conflict
from ikrar.registry.models import Membership, Person
from ikrar.registry.rules.names import fold_name
from ikrar.registry.rules.service import ServiceRefusal


@dataclass(frozen=True)
class PersonDetails:
    """A person as an officer enters it, each value already read by `registry.rules` (NIK 16 digits, phone +62…)."""

    name: str
    sex: str = ""
    born_on: date | None = None
    nik: str = ""
    phone: str = ""


def told(details: PersonDetails) -> dict[str, Any]:
    """What the ledger may hold of these details: NIK and phone as keyed index and last digits only."""
    facts: dict[str, Any] = {"name": details.name, "sex": details.sex, "born_on": details.born_on}
    if details.nik:
        facts["nik"] = {"index": crypto.index(crypto.Purpose.NIK, details.nik).hex(), "last4": details.nik[-4:]}
    if details.phone:
        facts["phone"] = {"index": crypto.index(crypto.Purpose.PHONE, details.phone).hex(), "last2": details.phone[-2:]}
    return facts


def write(person: Person, details: PersonDetails) -> None:
    """Put the details into the row; an empty NIK or phone clears it."""
    person.name, person.folded = details.name, fold_name(details.name)
    person.sex, person.born_on = details.sex, details.born_on
    person.nik_enc = crypto.encrypt(crypto.Purpose.NIK, details.nik.encode()) if details.nik else None
    person.nik_index = crypto.index(crypto.Purpose.NIK, details.nik) if details.nik else None
    person.nik_last4 = details.nik[-4:]
    person.phone_enc = crypto.encrypt(crypto.Purpose.PHONE, details.phone.encode()) if details.phone else None
    person.phone_index = crypto.index(crypto.Purpose.PHONE, details.phone) if details.phone else None
    person.phone_masked = formats.masked_phone(details.phone) if details.phone else ""


def read(person: Person) -> PersonDetails:
    """The details in clear. Whoever shows NIK or phone to somebody leaves a trace (`reveal_contact`)."""
    nik = crypto.decrypt(crypto.Purpose.NIK, person.nik_enc).decode() if person.nik_enc else ""
    phone = crypto.decrypt(crypto.Purpose.PHONE, person.phone_enc).decode() if person.phone_enc else ""
    return PersonDetails(person.name, person.sex, person.born_on, nik, phone)


def forget_contacts(person_ids: Iterable[int]) -> None:
    """Let go of NIK and phone of people all of whose memberships are voided: whoever never served holds no NIK."""
    served = Membership.objects.filter(person=OuterRef("pk"), voided_at=None)
    Person.objects.filter(~Exists(served), pk__in=list(person_ids)).update(
        nik_enc=None, nik_index=None, nik_last4="", phone_enc=None, phone_index=None, phone_masked=""
    )


def merge(given: PersonDetails, before: PersonDetails) -> PersonDetails:
    """What is recorded, with what is added: an empty field changes nothing, nor does another spelling of the name."""
    same_name = before.name and fold_name(before.name) == fold_name(given.name)
    return PersonDetails(
        name=before.name if same_name else given.name,
        sex=given.sex or before.sex,
        born_on=given.born_on or before.born_on,
        nik=before.nik or given.nik,
        phone=given.phone or before.phone,
    )


def carry_names(people: Iterable[int]) -> None:
    """Give the memberships of these persons, who are held, the names as they are now."""
    names = Person.objects.filter(pk=OuterRef("person_id")).values("name")
    Membership.objects.filter(person__in=list(people)).update(name=Subquery(names))


def settle_path(person: Person) -> None:
    """Let a person, who is held, be seen from where they serve, or served last."""
    rows = Membership.objects.filter(person=person, voided_at=None).order_by("-started_on")
    path = rows.values_list("path", flat=True).first()
    if path and path != person.path:
        person.path = path
        person.save(update_fields=["path"])


def find_holder(office_id: Any, nik: str) -> Person | None:
    """Who has this NIK in the office."""
    mark = crypto.index(crypto.Purpose.NIK, nik) if nik else None
    return Person.objects.filter(office_id=office_id, nik_index=mark).first() if mark else None


def refuse_holder(holder: Person) -> Conflict:
    """The answer where a NIK belongs to somebody else: it names who and where."""
    return Conflict(fields={"nik": (ServiceRefusal.NIK_TAKEN, _named(holder))})


def refuse_rewriting(given: PersonDetails, holder: Person) -> None:
    """Stop where somebody who served before comes with another identity: what is recorded is changed by Correct alone.

    Raises: Conflict, at the field that differs.
    """
    differs = {
        "name": fold_name(given.name) != holder.folded,
        "born_on": bool(given.born_on and holder.born_on) and given.born_on != holder.born_on,
        "sex": bool(given.sex and holder.sex) and given.sex != holder.sex,
    }
    told_of = (ServiceRefusal.KNOWN_OTHERWISE, _named(holder))
    if any(differs.values()):
        raise Conflict(fields={field: told_of for field, is_other in differs.items() if is_other})


def _named(holder: Person) -> dict[str, Any]:
    """Who a NIK belongs to, and where that person serves, or served last."""
    rows = Membership.objects.filter(person=holder, voided_at=None).select_related("body__region")
    last = rows.order_by("-started_on").first()
    where = f"{last.body.kind} {last.body.region.name}" if last else "-"
    return {"name": holder.name, "body": where}
