"""What the member's phone sends and receives; docs/formats.md says what the statement must be."""

import base64
import binascii
from typing import Annotated, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field

from ikrar.access.rules import PinRefused
from ikrar.core import clock, formats, qr
from ikrar.core.http import sentence
from ikrar.pact.actions import OpenedPage
from ikrar.pact.queries import (
    Signature,
    changed_points,
    place_line,
    placeholders_of,
    position_line,
    post_of,
    text_label,
    verify_url,
)
from ikrar.registry.queries import place_of
from ikrar.texts.queries import list_questions
from ikrar.texts.rules import fill
from ikrar_proof.codes import complete_public_code


def _from_base64(value: Any) -> bytes:
    if not isinstance(value, str):
        raise ValueError("base64")
    try:
        raw = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError("base64") from error
    if base64.b64encode(raw).decode() != value:
        raise ValueError("base64")
    return raw


def _storable(value: str) -> str:
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ValueError("text")
    return value


# A text that a phone sends. PostgreSQL takes neither NUL nor half a surrogate pair, and JSON can carry both.
Text = Annotated[str, AfterValidator(_storable)]
Base64 = Annotated[bytes, BeforeValidator(_from_base64)]
Nonce = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{21}[AQgw]$")]


def host_of(url: str) -> str:
    """`ikrar.example.go.id`: how an address is printed beside a QR."""
    return urlsplit(url).netloc


class PointOut(Schema):
    """One point of the pact, its placeholders filled."""

    number: int
    text: str
    norm: str


class QuestionOut(Schema):
    """One question of understanding. The phone judges it, so that reading goes on without a network."""

    id: str
    point: int
    stem: str
    options: list[tuple[str, str]]
    answer: str
    explanation: str


class PageOut(Schema):
    """An opened signing page: everything that reading, answering and signing need without a network."""

    nonce: str
    expires_at: str
    signer: str
    position: str
    version: str
    document: str
    holder: str
    post: str
    place: str
    label: str
    is_sample: bool
    is_confirmed: bool
    is_sworn: bool
    opening: list[str]
    points: list[PointOut]
    closing: list[str]
    questions: list[QuestionOut]
    changed: list[int] | None
    zone: str
    zone_name: str
    office: str
    office_phone: str

    @classmethod
    def of(cls, opened: OpenedPage) -> "PageOut":
        """The page as the phone keeps it."""
        own, row = opened.own, opened.own.membership
        office, content, fills = row.election.office, own.text.content, placeholders_of(row)
        questions = list_questions(own.text, language=get_language() or "id")
        return cls(
            nonce=opened.nonce.value,
            expires_at=opened.nonce.expires_at.isoformat(),
            signer=str(row.pk),
            position=position_line(row.body),
            version=own.text.version_id,
            document=f"sha256:{own.text.hash}",
            holder=row.name,
            post=post_of(row),
            place=place_line(own),
            label=text_label(own.text),
            is_sample=own.text.is_sample,
            is_confirmed=own.text.is_confirmed,
            is_sworn=own.is_sworn,
            opening=[fill(clause.text, fills) for clause in content.opening],
            points=[
                PointOut(number=number, text=fill(clause.text, fills), norm=clause.norm)
                for number, clause in enumerate(content.points, 1)
            ],
            closing=[fill(clause.text, fills) for clause in content.closing],
            questions=[
                QuestionOut(
                    id=each.id,
                    point=each.point,
                    stem=each.stem,
                    options=list(each.options.items()),
                    answer=each.answer,
                    explanation=each.explanation,
                )
                for each in questions
            ],
            changed=changed_points(own.text),
            zone=office.zone,
            zone_name=formats.zone_name(office.zone),
            office=office.name,
            office_phone=office.phone,
        )


class KeyIn(Schema):
    """The public half of a key that was made on the phone, SPKI DER in base64."""

    spki: Base64


class KeyOut(Schema):
    """How a statement names the key."""

    fingerprint: str


class SignatureIn(Schema):
    """A statement, its signature r || s, and the PIN, which is checked and not kept."""

    statement: Annotated[Text, Field(max_length=2000)]
    signature: Base64
    pin: Annotated[Text, Field(max_length=12)]


class SignatureOut(Schema):
    """What is recorded. `leaf` is the number of the log entry, from 1; null while it waits for the log."""

    code: str
    signed_at: str
    signed_words: str
    claimed_words: str
    level: str
    leaf: int | None
    holder: str
    body: str
    label: str
    is_sample: bool
    qr: str
    address: str

    @classmethod
    def of(cls, taken: Signature, *, leaf: int | None) -> "SignatureOut":
        """The receipt's facts for the screen; people count entries from 1, the log's own leaves from 0."""
        zone = taken.membership.election.office.zone
        code, lang = complete_public_code(taken.code), get_language() or "id"
        return cls(
            code=code,
            signed_at=taken.signed_at.isoformat(),
            signed_words=formats.moment(taken.signed_at, zone, lang),
            claimed_words=formats.moment(taken.claimed_at, zone, lang),
            level=taken.level,
            leaf=None if leaf is None else leaf + 1,
            holder=taken.holder,
            body=place_of(taken.membership.body, day=clock.today(zone)).short,
            label=text_label(taken.text),
            is_sample=taken.text.is_sample,
            qr=qr.data_uri(verify_url(code)),
            address=host_of(settings.IKRAR_URL) + "/v",
        )


class DeclineIn(Schema):
    """The points that a member does not agree with, and why."""

    points: Annotated[list[int], Field(max_length=60)]
    reason: Annotated[Text, Field(max_length=4000)]


class DeclineOut(Schema):
    """When the decline was recorded."""

    declined_words: str


class Refused(Schema):
    """An error: a code for machines, a sentence for people."""

    code: str
    message: str
    data: dict[str, Any] = {}
    law: str | None = None
    fields: dict[str, str] = {}

    @classmethod
    def of_pin(cls, refused: PinRefused) -> "Refused":
        """A PIN that did not open; it was counted."""
        until = refused.until.isoformat() if refused.until else None
        return cls(
            code=refused.code.key,
            message=sentence(refused.code, refused.data),
            data={"tries": refused.tries, "until": until},
        )
