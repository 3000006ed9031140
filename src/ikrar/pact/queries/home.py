"""A member's first page: one next step, three conditions, and the own data."""

from dataclasses import dataclass
from enum import StrEnum

from ikrar.core.actor import Actor
from ikrar.pact.models import Signature
from ikrar.pact.queries.own import Own, get_own, post_of, reading_minutes, text_label
from ikrar_proof.codes import complete_public_code


class Step(StrEnum):
    """What a member does next."""

    SIGN = "SIGN"
    SIGN_AGAIN = "SIGN_AGAIN"
    AWAIT_OATH = "AWAIT_OATH"
    AWAIT_TEXT = "AWAIT_TEXT"
    DECLINED = "DECLINED"
    DONE = "DONE"
    LEFT = "LEFT"


@dataclass(frozen=True)
class Home:
    """What the page shows."""

    own: Own
    step: Step
    earlier: Signature | None

    @property
    def post(self) -> str:
        """`anggota PPS Manuntung`, as it stands after a name."""
        said = post_of(self.own.membership)
        return said[:1].lower() + said[1:]

    @property
    def label(self) -> str:
        """`Pakta PPS, versi 2026-1`."""
        return text_label(self.own.text) if self.own.text else ""

    @property
    def points(self) -> int:
        """How many points there are to read."""
        return len(self.own.text.content.points)

    @property
    def questions(self) -> int:
        """How many questions are asked."""
        return len(self.own.text.chosen)

    @property
    def minutes(self) -> int:
        """How long reading and answering take, roughly."""
        return reading_minutes(self.own.text)

    @property
    def code(self) -> str:
        """The code under the receipt."""
        return complete_public_code(self.own.signature.code) if self.own.signature else ""


def get_home(actor: Actor) -> Home:
    """The member's own page. Raises: NotFound."""
    own = get_own(actor)
    earlier = None
    if own.text and not own.signature:
        rows = Signature.objects.filter(membership_id=own.membership.pk, voided_at=None).exclude(text=own.text)
        earlier = rows.select_related("text").order_by("-signed_at").first()
    return Home(own, _step(own, earlier), earlier)


def _step(own: Own, earlier: Signature | None) -> Step:
    steps = (
        (not own.serves, Step.LEFT),
        (own.signature is not None, Step.DONE),
        (own.text is None, Step.AWAIT_TEXT),
        (not own.is_sworn, Step.AWAIT_OATH),
        (own.decline is not None, Step.DECLINED),
        (earlier is not None, Step.SIGN_AGAIN),
    )
    return next((step for is_so, step in steps if is_so), Step.SIGN)
