"""What a member has before them: the text in force, what they did with it, and the words for it on the phone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext

from ikrar.core import clock, formats
from ikrar.core.actor import Actor
from ikrar.core.errors import NotFound
from ikrar.pact.models import Decline, Nonce, Receipt, Signature
from ikrar.pact.rules import KnownNonce, Level
from ikrar.regions.rules import village_kind
from ikrar.registry.law import body_rules
from ikrar.registry.queries import get_membership, get_own_membership, place_of
from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.service import Position
from ikrar.texts.queries import compare_with_previous, find_text_in_force
from ikrar.texts.rules import Change, PartName, TextKind


@dataclass(frozen=True)
class Own:
    """A membership with the pact's text in force for its body, and what was done with it."""

    membership: Any
    text: Any
    signature: Signature | None
    decline: Decline | None
    serves: bool

    @property
    def zone(self) -> str:
        """The zone of the member's office."""
        return str(self.membership.election.office.zone)

    @property
    def is_sworn(self) -> bool:
        """Whether the oath room has recorded the oath."""
        return self.membership.sworn_on is not None


def get_own(actor: Actor) -> Own:
    """The member's own pact. Raises: NotFound (no membership)."""
    return pact_of(get_own_membership(actor))


def get_pact(actor: Actor, membership_id: Any) -> Own:
    """The pact of one member in the officer's area. Raises: NotFound, NotAllowed."""
    row = get_membership(actor, membership_id)
    actor.require("pact.view", at=row.path)
    return pact_of(row)


def pact_of(row: Any) -> Own:
    """The pact of a membership that comes with its body, election and office."""
    today = clock.today(row.election.office.zone)
    text = find_text_in_force(TextKind.PACT, row.body.kind, election_id=row.election_id, day=today)
    signature = find_signature(row.pk, text.pk) if text else None
    if text and signature:
        signature.membership, signature.text = row, text
    decline = Decline.objects.filter(membership_id=row.pk, text=text, withdrawn_at=None).first() if text else None
    return Own(row, text, signature, decline, row.holds_on(today))


def find_signature(membership_id: UUID, text_id: UUID) -> Signature | None:
    """The signature in force of a membership under a version."""
    return Signature.objects.filter(membership_id=membership_id, text_id=text_id, voided_at=None).first()


def get_signature(actor: Actor, signature_id: Any) -> Signature:
    """One signature that the actor may see: a member only the own, an officer those of the area. Raises: NotFound."""
    row = (
        Signature.objects.select_related("text__office__region", "membership__body", "entry")
        .filter(pk=signature_id)
        .first()
    )
    if row is None or not (str(row.membership_id) == actor.subject or actor.can("pact.view", at=row.path)):
        raise NotFound
    return row


def get_kept_receipt(actor: Actor, signature_id: Any) -> Receipt:
    """The receipt that was made of a signature. Raises: NotFound (none was made, or not the actor's to see)."""
    row = Receipt.objects.select_related("signature").filter(pk=get_signature(actor, signature_id).pk).first()
    if row is None:
        raise NotFound
    return row


def known_nonce(row: Nonce | None) -> KnownNonce | None:
    """A nonce as the rules see it."""
    if row is None:
        return None
    return KnownNonce(
        signer=str(row.membership_id),
        version=row.text.version_id,
        expires_at=row.expires_at,
        questions_done=row.questions_at is not None,
        is_used=row.used_at is not None,
    )


def changed_points(text: Any) -> list[int] | None:
    """The numbers of the points that are new or different from the version before; None for a first version."""
    difference = compare_with_previous(text)
    if difference is None:
        return None
    rows = [row for part in difference.parts if part.name is PartName.POINT for row in part.rows]
    return [row.new_number for row in rows if row.new_number and row.change is not Change.SAME]


def position_line(body: Any) -> str:
    """`PPS 63.10.05.2001`: the line `jabatan` of a statement."""
    return f"{body.kind} {body.code}"


def placeholders_of(row: Any) -> dict[str, str]:
    """What fills the braces of a pact's text for one member."""
    kind = BodyKind(row.body.kind)
    region = row.body.region.name_on(clock.today(row.election.office.zone))
    # "Panitia Pemilihan Kecamatan Kusan Hulu", "Panitia Pemungutan Suara Desa Manuntung".
    area = region if kind is BodyKind.PPK else f"{village_kind(row.body.code).capitalize()} {region}"
    return {
        "nama_pemilihan": row.election.phrase,
        "nama_lengkap": row.name,
        "nama_badan": body_rules()[kind].name.id,
        "nama_wilayah": area,
    }


def working_area(body: Any, day: date) -> str:
    """`Desa Manuntung, Kecamatan Kusan Hulu`, as a receipt names it."""
    place = place_of(body, day=day)
    if body.kind == BodyKind.PPK:
        return f"Kecamatan {place.region}"
    return f"{village_kind(body.code).capitalize()} {place.region}, Kecamatan {place.kecamatan}"


def place_line(own: Own) -> str:
    """`PPS Desa Manuntung, Kusan Hulu`: where, above the heading of a phone's page."""
    body = own.membership.body
    place = place_of(body, day=clock.today(own.zone))
    if body.kind == BodyKind.PPK:
        return f"PPK {place.region}, {place.regency}"
    return f"{body.kind} {village_kind(body.code).capitalize()} {place.region}, {place.kecamatan}"


def post_of(row: Any) -> str:
    """`Anggota PPS Manuntung`, in the reader's language."""
    place = place_of(row.body, day=clock.today(row.election.office.zone)).short
    said = gettext("Chair of {body}") if row.position == Position.CHAIR else gettext("Member of {body}")
    return said.format(body=place)


def text_label(text: Any) -> str:
    """`Pakta PPS, versi 2026-1`, in the reader's language."""
    return gettext("Pact {body}, version {label}").format(body=text.body_kind, label=text.label)


SECONDS_A_POINT, SECONDS_A_QUESTION = 24, 30


def reading_minutes(text: Any) -> int:
    """How long reading and answering take, roughly."""
    seconds = len(text.content.points) * SECONDS_A_POINT + len(text.chosen) * SECONDS_A_QUESTION
    return round(seconds / 60) or 1


def signing_day(row: Signature, zone: str) -> date:
    """The day on which a signature was given: by the server's clock, on paper the day that was written on the sheet."""
    at = row.claimed_at if row.level == Level.PAPER else row.signed_at
    return at.astimezone(ZoneInfo(zone)).date()


def said_day(at: datetime, zone: str) -> str:
    """`5 November 2024`, the day of a moment in a zone, in the reader's language."""
    return formats.plain_date(at.astimezone(ZoneInfo(zone)).date(), get_language() or "id")
