"""Requests that are ready to be sent: members who read their pact and signed it on a made-up phone, but did not send it."""

import base64
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from ikrar.access.actions import Browser, open_demo_door, register_key, set_pin
from ikrar.access.queries import find_signed_in
from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.db.scope import everywhere
from ikrar.pact.actions import complete_questions, open_pact
from ikrar.regions.queries import get_office
from ikrar.registry.actions import Opened, Proof, prove_link, show_links
from ikrar.registry.queries import Membership, decree_order, get_current_election, in_office
from ikrar.web.demo.cast import clerk_of
from ikrar.web.demo.pacts import AGENT, PIN, Phone, statement_of

CODE = "63.10"


def prepare_pacts(limit: int) -> dict[str, Any]:
    """Cookies and signed statements of up to `limit` members, and an officer's cookie."""
    with everywhere("the bench prepares its own made-up office"), transaction.atomic():
        clerk = clerk_of(CODE)
        members = [made for row in _unsigned(limit) if (made := _ready(clerk, row))]
        officer = open_demo_door(door=f"{CODE}:legal-officer", browser=Browser("bench")).token
    return {"officer": officer, "members": members}


def _unsigned(limit: int) -> list[Membership]:
    """Members who swore, have a link, and chose no PIN yet."""
    office = get_office(f"{CODE}.")
    election = get_current_election(office.pk)
    serving = in_office(office.path, election_id=election.pk, day=clock.today(office.zone))
    rows = decree_order(serving).select_related("person")
    known = rows.exclude(sworn_on=None).exclude(person__born_on=None).exclude(person__nik_last4="")
    return [row for row in known if row.position == "MEMBER"][-limit:]


def _ready(clerk: Actor, row: Membership) -> dict[str, str] | None:
    shown = show_links(actor=clerk, membership_ids=[row.pk], how="sheet")
    if not shown or row.person.born_on is None:
        return None
    opened = prove_link(secret=shown[0].code, proof=Proof(row.person.born_on, row.person.nik_last4), agent=AGENT)
    if not isinstance(opened, Opened) or not opened.needs_pin:
        return None
    actor, phone = find_signed_in(opened.token), Phone(ec.generate_private_key(ec.SECP256R1()))
    if actor is None:
        return None
    set_pin(actor=actor, pin=PIN, born_on=row.person.born_on)
    key = register_key(actor=actor, spki=phone.spki)
    page = open_pact(actor=actor)
    complete_questions(actor=actor, nonce=page.nonce.value)
    statement = statement_of(row, page, key=key.fingerprint, at=clock.now())
    signature = base64.b64encode(phone.sign(statement)).decode()
    return {"cookie": opened.token, "statement": statement.decode(), "signature": signature, "pin": PIN}
