"""What a signature leaves beside the service, and a signature at the same moment as an end or a paper."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.db import connection, transaction

from at_once import outcomes, together
from ikrar.core import clock
from ikrar.core.errors import Conflict
from ikrar.pact.actions import (
    correct_paper,
    enter_paper_first,
    enter_paper_second,
    return_paper,
    void_signature,
)
from ikrar.pact.models import Signature
from ikrar.pact.rules import PaperFields
from ikrar.registry.actions import Ending, end_member, note_oaths
from ikrar.registry.models import Membership
from pact.acting import NOW, Phone
from pact.test_enter_paper import enter, photo
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("P01")]
DAY = date(2026, 11, 20)


def kept(world: World) -> list[date]:
    return Membership.objects.get(pk=world.members["pps-1"].pk).signed_on


def sheet(world: World, key: str = "pps-1") -> PaperFields:
    return PaperFields(str(world.members[key].pk), "2026-1", has_ink=True, day=DAY)


def test_a_signature_is_kept_with_its_day_until_it_is_voided(world: World, phone: Phone) -> None:
    phone.send(phone.statement(phone.open()))
    assert kept(world) == [date(2026, 11, 24)]
    void_signature(actor=world.legal, signature_id=Signature.objects.get().pk, reason="ponsel orang lain")
    assert kept(world) == []


def test_on_paper_the_day_on_the_sheet_counts(world: World) -> None:
    note_oaths([world.members["pps-1"].pk], date(2026, 6, 1))
    entry = enter(world, sheet(world))
    enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=sheet(world), version=entry.version)
    assert kept(world) == [DAY]


def test_a_returned_sheet_given_to_somebody_who_has_one_waiting_is_refused(world: World) -> None:
    note_oaths([world.members[key].pk for key in ("pps-1", "pps-chair")], date(2026, 6, 1))
    enter(world, sheet(world, "pps-chair"))
    entry = enter(world, sheet(world))
    other = replace(sheet(world), day=date(2026, 11, 21))
    entry = enter_paper_second(actor=world.legal, entry_id=entry.pk, fields=other, version=entry.version)
    entry = return_paper(actor=world.legal, entry_id=entry.pk, note="orang lain", version=entry.version)
    with pytest.raises(Conflict) as caught:
        correct_paper(actor=world.hr, entry_id=entry.pk, fields=sheet(world, "pps-chair"), version=entry.version)
    assert caught.value.fields["person"][0].name == "ALREADY_ENTERED"


def sent(phone: Phone, statement: bytes) -> Callable[[], object]:
    def act() -> object:
        status = phone.send(statement).status_code
        connection.close()
        return status

    return act


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_signature_beside_the_end_of_the_service(world: World, phone: Phone) -> None:
    statement = phone.statement(phone.open())
    ending = Ending("RESIGNED", date(2026, 11, 23))
    row = world.members["pps-1"]
    signed, ended = together(
        NOW, sent(phone, statement), lambda: end_member(actor=world.legal, membership_id=row.pk, ending=ending)
    )
    assert (signed, outcomes([ended])) in ((201, ["SIGNED_OUTSIDE"]), (401, ["done"]), (404, ["done"]), (422, ["done"]))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_signature_beside_the_second_entry_of_the_sheet(world: World, phone: Phone) -> None:
    statement = phone.statement(phone.open())
    with transaction.atomic(), clock.travel(NOW):
        entry = enter_paper_first(actor=world.hr, fields=sheet(world), file=photo())
    second = partial(enter_paper_second, actor=world.legal, entry_id=entry.pk, fields=sheet(world), version=entry.version)
    signed, entered = together(NOW, sent(phone, statement), second)
    assert (signed, outcomes([entered])) in ((201, ["SIGNED_ON_PHONE"]), (409, ["done"]))
    with transaction.atomic():
        assert Signature.objects.count() == len(kept(world)) == 1
