"""What the tests of the pact share: a text in force, a phone with its key, and a member who got through the door."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import transaction
from django.test import Client

from ikrar.access.actions import set_pin
from ikrar.registry.actions import note_oaths
from ikrar.texts.actions import approve_text, create_draft, propose_text
from ikrar.texts.models import TextVersion
from ikrar.texts.rules import Start, TextKind
from ikrar_proof.statement import Statement, fingerprint
from world import World

NOW = datetime(2026, 11, 24, 2, 13, tzinfo=UTC)
PIN = "402917"
API = "/api/v1/pact"


def put_in_force(world: World, body: str = "PPS", start: Start = Start.SAMPLE) -> TextVersion:
    """The sample pact of a body, proposed by the legal officer and approved by the chair (demo mode only)."""
    draft = create_draft(
        actor=world.legal, election_id=world.election.pk, kind=TextKind.PACT, body_kind=body, start=start
    )
    proposed = propose_text(actor=world.legal, text_id=draft.pk, version=draft.version)
    return approve_text(actor=world.chair, text_id=proposed.pk, version=proposed.version)


def let_in(world: World, key: str = "pps-1", *, born_on: date = date(1996, 8, 17)) -> Client:
    """A member who has sworn, opened the link and chosen a PIN; the browser with that session."""
    with transaction.atomic():
        world.members[key].refresh_from_db()
        if world.members[key].sworn_on is None:
            note_oaths([world.members[key].pk], date(2026, 6, 1))
        client = world.client(world.member(key))
        set_pin(actor=world.member(key), pin=PIN, born_on=born_on)
    return client


@dataclass
class Phone:
    """A phone: its key, and a browser that is signed in. It signs whatever it is told to."""

    client: Client
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def spki(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def post(self, path: str, body: Any = None) -> Any:
        return self.client.post(f"{API}{path}", data=body or {}, content_type="application/json")

    def register(self) -> None:
        assert self.post("/keys", {"spki": base64.b64encode(self.spki).decode()}).status_code == 201

    def open(self) -> dict[str, Any]:
        """Open a page, register the key, finish the questions."""
        page: dict[str, Any] = self.post("/openings").json()
        self.register()
        assert self.post(f"/openings/{page['nonce']}/questions").status_code == 204
        return page

    def statement(self, page: dict[str, Any], **changed: str) -> bytes:
        said = {
            "document": page["document"],
            "version": page["version"],
            "signer": page["signer"],
            "position": page["position"],
            "event": "-",
            "key": fingerprint(self.spki),
            "client_time": "2026-11-24T10:12:33+08:00",
            "nonce": page["nonce"],
            **changed,
        }
        return Statement(**said).to_bytes()

    def sign(self, statement: bytes) -> bytes:
        r, s = decode_dss_signature(self.key.sign(statement, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def send(self, statement: bytes, *, signature: bytes | None = None, pin: str = PIN) -> Any:
        made = signature if signature is not None else self.sign(statement)
        body = {"statement": statement.decode(), "signature": base64.b64encode(made).decode(), "pin": pin}
        return self.post("/signatures", body)
