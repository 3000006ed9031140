"""The demo's pacts: links, a made-up phone for each signer, a few sheets of paper, and those who have not signed."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ikrar.access.actions import register_key, set_pin
from ikrar.access.queries import find_signed_in
from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.pact.actions import (
    OpenedPage,
    complete_questions,
    decline_pact,
    enter_paper_first,
    enter_paper_second,
    open_pact,
    sign_pact,
)
from ikrar.pact.rules import PaperFields
from ikrar.registry.actions import Opened, Proof, check_identity, issue_links, prove_link, show_links
from ikrar.registry.queries import Membership, decree_order, in_office
from ikrar.texts.queries import get_text_in_force
from ikrar.texts.rules import TextKind
from ikrar.web.demo.people import LONG
from ikrar.web.demo.stage import Days, Stage
from ikrar_proof.statement import Statement

PIN = "402917"
READER = "Jamilah Ulfah Rambai"
DOORS = {"pps-member": READER, "ppk-chair": "Norlaila Kapul"}
AGENT = "Mozilla/5.0 (Linux; Android 10; ponsel contoh)"
PAPER_SIGNERS = 5


@dataclass
class Phone:
    """A made-up phone: one key, which signs statements as the member's page does."""

    key: ec.EllipticCurvePrivateKey

    @property
    def spki(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, statement: bytes) -> bytes:
        """r||s, 64 bytes, as WebCrypto gives it."""
        r, s = decode_dss_signature(self.key.sign(statement, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def sign_pacts(stage: Stage, days: Days, *, seed: str, unsigned: int) -> dict[str, str]:
    """Send the links; most sign on their phones, some on paper, and `unsigned` of those who may do not.

    Returns the membership behind each of the members' doors.
    """
    chosen = random.Random(f"{seed}/{stage.code}/pacts")  # noqa: S311
    today = days.before(16)
    serving = in_office(stage.office.path, election_id=stage.election.pk, day=today)
    rows = list(decree_order(serving).select_related("person"))
    _check_cards(stage, rows, days)
    secrets = _send_links(stage, rows, days)
    able = [row for row in rows if row.sworn_on and row.pk in secrets]
    late = _not_yet(able, chosen, unsigned)
    paper = [row for row in able if row not in late and row.position == "CHAIR"][1:PAPER_SIGNERS] + [
        row for row in able if row.name == LONG
    ]
    for row in able:
        if row in paper or row in late:
            continue
        moment = _evening(stage, days, chosen)
        with clock.travel(moment):
            _sign_on_phone(stage, row, secrets[row.pk], moment)
    _enter_papers(stage, paper, days)
    _leave_open(stage, late, secrets, days)
    return {
        f"{stage.code}:{who}": str(row.pk) for row in rows for who, name in DOORS.items() if row.name == name
    }


def _check_cards(stage: Stage, rows: list[Membership], days: Days) -> None:
    """The officer compares card and decree at the ceremony, body by body; one kecamatan is left for later."""
    by_body: dict[str, list[UUID]] = {}
    for row in rows:
        if row.person.nik_last4 and row.started_on <= days.pps_sworn and not row.path.startswith("63.10.04"):
            by_body.setdefault(row.body.code, []).append(row.pk)
    with clock.travel(stage.at(days.pps_sworn, 11)):
        for code, ids in by_body.items():
            check_identity(
                actor=stage.officers["legal-officer"], body_code=code, election_id=stage.election.pk, membership_ids=ids
            )


def _send_links(stage: Stage, rows: list[Membership], days: Days) -> dict[UUID, str]:
    officer, ids = stage.officers["legal-officer"], [row.pk for row in rows]
    with clock.travel(stage.at(days.pact_from, 16)):
        issue_links(actor=officer, membership_ids=ids)
        return {shown.membership_id: shown.code for shown in show_links(actor=officer, membership_ids=ids, how="sheet")}


def _not_yet(able: list[Membership], chosen: random.Random, unsigned: int) -> list[Membership]:
    """The door's member is among them, so that a visitor can sign."""
    first = [row for row in able if row.name == READER]
    others = [row for row in able if row not in first and row.position == "MEMBER" and row.name != LONG]
    return first + chosen.sample(others, min(unsigned - len(first), len(others)))


def _evening(stage: Stage, days: Days, chosen: random.Random) -> datetime:
    day: date = days.pact_from + timedelta(days=1 + int(abs(chosen.gauss(0, 4))) % 12)
    return stage.at(day, chosen.randint(18, 20), chosen.randint(0, 59))


def _open_link(row: Membership, secret: str) -> Actor:
    if row.person.born_on is None:
        raise ValueError("a member without a birth date has no link")
    opened = prove_link(secret=secret, proof=Proof(row.person.born_on, row.person.nik_last4), agent=AGENT)
    actor = find_signed_in(opened.token) if isinstance(opened, Opened) else None
    if actor is None:
        raise ValueError("the made-up link did not open")
    return actor


def _sign_on_phone(stage: Stage, row: Membership, secret: str, moment: datetime) -> None:
    actor, phone = _open_link(row, secret), Phone(ec.generate_private_key(ec.SECP256R1()))
    if row.person.born_on:
        set_pin(actor=actor, pin=PIN, born_on=row.person.born_on)
    key = register_key(actor=actor, spki=phone.spki)
    page = open_pact(actor=actor)
    complete_questions(actor=actor, nonce=page.nonce.value)
    statement = statement_of(row, page, key=key.fingerprint, at=moment)
    sign_pact(actor=actor, statement=statement, signature=phone.sign(statement), pin=PIN)


def statement_of(row: Membership, page: OpenedPage, *, key: str, at: datetime) -> bytes:
    """What the member's page signs, byte for byte (docs/formats.md)."""
    return Statement(
        document=f"sha256:{page.own.text.hash}",
        version=page.own.text.version_id,
        signer=str(row.pk),
        position=f"{row.body.kind} {row.body.code}",
        event="-",
        key=key,
        client_time=at.isoformat(timespec="seconds"),
        nonce=page.nonce.value,
    ).to_bytes()


def _enter_papers(stage: Stage, rows: list[Membership], days: Days) -> None:
    """Two officers enter the signed sheets, each without seeing the other's entry."""
    sheet = stage.scan("contoh")
    day = days.before(24)
    for row in rows:
        text = get_text_in_force(TextKind.PACT, row.body.kind, election_id=stage.election.pk, day=day)
        fields = PaperFields(str(row.pk), text.label, True, day)
        with clock.travel(stage.at(day, 13)):
            entry = enter_paper_first(actor=stage.officers["hr-officer"], fields=fields, file=("pakta.pdf", sheet))
        with clock.travel(stage.at(day, 15)):
            enter_paper_second(
                actor=stage.officers["legal-officer"], entry_id=entry.pk, fields=fields, version=entry.version
            )


def _leave_open(stage: Stage, rows: list[Membership], secrets: dict[UUID, str], days: Days) -> None:
    """The reader's link is open but nothing signed; one link is locked, one member declines, a few only looked."""
    for number, row in enumerate(rows):
        with clock.travel(stage.at(days.before(20 - number % 3), 20, number % 60)):
            if row.name == READER or number in (3, 4):
                _open_link(row, secrets[row.pk])
            elif number == 1:
                for _ in range(5):
                    prove_link(secret=secrets[row.pk], proof=Proof(date(1990, 1, 1), "0000"), agent=AGENT)
            elif number == 2:
                actor = _open_link(row, secrets[row.pk])
                decline_pact(
                    actor=actor, points=[10], reason="Saya guru honorer dan masih mengajar tiap pagi sampai Desember."
                )
