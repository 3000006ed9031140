"""The API of the member's phone: open the page, register a key, answer, sign, decline, and ask what is recorded."""

from django.utils.translation import get_language
from ninja import Router, Status

from ikrar.access.actions import register_key
from ikrar.access.rules import PinRefused
from ikrar.core import formats
from ikrar.core.errors import NotFound
from ikrar.core.http import Request, member
from ikrar.ledger.queries import find_leaf
from ikrar.pact import actions
from ikrar.pact.queries import get_own
from ikrar.pact.schemas import DeclineIn, DeclineOut, KeyIn, KeyOut, Nonce, PageOut, Refused, SignatureIn, SignatureOut

router = Router(tags=["pact"])
_REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Refused)


@router.post("/openings", response={201: PageOut, **_REFUSALS})
@member("POST")
def open_page(request: Request) -> Status[PageOut]:
    """Open a signing page: the text in force, its questions, and a nonce that counts once."""
    return Status(201, PageOut.of(actions.open_pact(actor=request.actor)))


@router.post("/openings/{nonce}/questions", response={204: None, **_REFUSALS})
@member("POST")
def answer_questions(request: Request, nonce: Nonce) -> Status[None]:
    """Say that the three questions are finished; no answer is sent or kept."""
    actions.complete_questions(actor=request.actor, nonce=nonce)
    return Status(204, None)


@router.post("/keys", response={201: KeyOut, **_REFUSALS})
@member("POST")
def add_key(request: Request, given: KeyIn) -> Status[KeyOut]:
    """Make the public half of this phone's key known."""
    return Status(201, KeyOut(fingerprint=register_key(actor=request.actor, spki=given.spki).fingerprint))


@router.post("/signatures", response={201: SignatureOut, **_REFUSALS})
@member("POST")
def sign(request: Request, given: SignatureIn) -> Status[SignatureOut | Refused]:
    """Send a signed statement with the PIN. A wrong PIN is counted and answers 403 with the tries left."""
    taken = actions.sign_pact(
        actor=request.actor, statement=given.statement.encode(), signature=given.signature, pin=given.pin
    )
    if isinstance(taken, PinRefused):
        return Status(403, Refused.of_pin(taken))
    return Status(201, SignatureOut.of(taken, leaf=None))


@router.get("/signatures/current", response={200: SignatureOut, **_REFUSALS})
@member("GET")
def show_signature(request: Request) -> Status[SignatureOut]:
    """The member's signature under the text in force; `leaf` fills once the log has it."""
    taken = get_own(request.actor).signature
    if taken is None:
        raise NotFound
    return Status(200, SignatureOut.of(taken, leaf=find_leaf(taken.entry_id)))


@router.post("/declines", response={201: DeclineOut, **_REFUSALS})
@member("POST")
def decline(request: Request, given: DeclineIn) -> Status[DeclineOut]:
    """Say that one does not agree, with points and reason."""
    made = actions.decline_pact(actor=request.actor, points=given.points, reason=given.reason)
    zone = get_own(request.actor).zone
    return Status(201, DeclineOut(declined_words=formats.moment(made.declined_at, zone, get_language() or "id")))
