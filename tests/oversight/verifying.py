"""What the tests of `/v/` share: a signed pact, a sworn and printed record, and anybody's browser."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ikrar.core import clock
from ikrar.documents.models import Paper
from ikrar.ledger.sequencer import run_round
from ikrar.oath.actions import print_record
from ikrar.oath.models import Ceremony
from ikrar.oath.rules import Mark
from ikrar.pact.actions import get_receipt
from ikrar.pact.models import Receipt, Signature
from ikrar.texts.rules import TextKind
from ikrar_proof.codes import complete_public_code
from oath.steps import LASUNG, LATER, all_present, finish, prepare, say
from pact.acting import Phone
from world import SAME_ORIGIN, World, approve_sample

SIGNED_AT = datetime(2026, 11, 24, 21, 4, tzinfo=ZoneInfo("Asia/Makassar"))


def approve_oath(world: World) -> None:
    """The sample oath of PPS, in force before the ceremonies of these tests."""
    with clock.travel(datetime(2026, 5, 25, 9, tzinfo=ZoneInfo("Asia/Makassar"))):
        approve_sample(world, TextKind.OATH, "PPS")


def anybody() -> Client:
    """A browser without a session."""
    return Client(headers=SAME_ORIGIN)


def look(code: str, tail: str = "") -> str:
    """The page of a code."""
    answer = anybody().get(f"/v/{code}/{tail}")
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def compare(code: str, data: bytes, name: str = "berkas.pdf", tail: str = "") -> Any:
    """The answer to a file that is brought to a code, or to none."""
    address = f"/v/{code}/berkas/{tail}" if code else f"/v/berkas/{tail}"
    return anybody().post(address, {"berkas": SimpleUploadedFile(name, data, "application/pdf")})


def sign(phone: Phone) -> Signature:
    """The pact of the phone's owner, signed at 21.04 WITA."""
    with clock.travel(SIGNED_AT):
        assert phone.send(phone.statement(phone.open())).status_code == 201
    return Signature.objects.latest("entry_id")


def code_of(signature: Signature) -> str:
    return complete_public_code(signature.code)


def receipt_of(world: World, signature: Signature) -> Receipt:
    run_round()
    return get_receipt(actor=world.legal, signature_id=signature.pk)


def sworn(world: World) -> Ceremony:
    """Lasung sworn; of Manuntung the chair sworn, one absent, one excused."""
    ceremony = prepare(world)
    all_present(world, ceremony, LASUNG)
    say(world, ceremony, "pps-chair", Mark.PRESENT)
    say(world, ceremony, "pps-1", Mark.ABSENT)
    say(world, ceremony, "pps-2", Mark.EXCUSED)
    return finish(world, ceremony)


def printed(world: World, ceremony: Ceremony) -> Paper:
    """The record with its number."""
    with clock.travel(LATER):
        paper: Paper = print_record(actor=world.legal, ceremony_id=ceremony.pk)
    return paper
