"""Persons and their protected data: one person per office and NIK, NIK and phone encrypted, everything told masked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

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


def refuse_other_holder(office_id: Any, nik: str, *, besides: int | None) -> None:
    """Stop if another person of the office has this NIK. Raises: Conflict, naming who and where."""
    if not nik:
        return
    holder = Person.objects.filter(office_id=office_id, nik_index=crypto.index(crypto.Purpose.NIK, nik)).first()
    if holder and holder.pk != besides:
        last = (
            Membership.objects.filter(person=holder, voided_at=None)
            .select_related("body__region")
            .order_by("-started_on")
            .first()
        )
        where = f"{last.body.kind} {last.body.region.name}" if last else "-"
        raise Conflict(fields={"nik": (ServiceRefusal.NIK_TAKEN, {"name": holder.name, "body": where})})
