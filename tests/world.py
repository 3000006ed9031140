"""A small, real Tanah Bumbu: offices, an election with its bodies, and the cast; made through the users' own actions."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
from django.test import Client

from ikrar.access import sessions
from ikrar.access.law import roles
from ikrar.access.models import Account, Grant, MemberAccess
from ikrar.core import clock
from ikrar.core.actor import Actor, Kind, system
from ikrar.regions.actions import create_office
from ikrar.regions.models import Office
from ikrar.registry.actions import Appointment, ElectionDetails, PersonDetails, add_member, create_election
from ikrar.registry.models import Election, Membership
from ikrar.texts.actions import Content, approve_text, attach_scan, create_draft, propose_text, save_draft
from ikrar.texts.models import TextVersion
from ikrar.texts.rules import Start, TextKind

VOTING = date(2026, 12, 10)
SWORN = date(2026, 6, 1)


def _one_page() -> bytes:
    out = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()


PDF = _one_page()
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class World:
    """The offices, the election of Tanah Bumbu and its people. `client(actor)` is a browser that is signed in."""

    office: Office
    province: Office
    stranger_office: Office
    election: Election
    admin: Actor
    legal: Actor
    hr: Actor
    chair: Actor
    supervisor: Actor
    stranger: Actor
    members: dict[str, Membership] = field(default_factory=dict)

    def client(self, actor: Actor) -> Client:
        """A browser with this actor's session; its writes come from the same origin."""
        client = Client(headers=SAME_ORIGIN)
        if actor.kind is Kind.MEMBER:
            token = sessions.open_member_session(MemberAccess.objects.get(pk=actor.subject), agent="test", opened_by="link")
        else:
            grant = Grant.objects.get(account_id=actor.subject)
            token = sessions.open_officer_session(grant.account, grant=grant, agent="test")
        client.cookies[sessions.COOKIE] = token
        return client

    def member(self, key: str) -> Actor:
        """The actor of a member of the cast, e.g. `pps-1`."""
        row = self.members[key]
        role = f"{row.body.kind}_{row.position}"
        MemberAccess.objects.get_or_create(pk=row.pk, defaults={"role": role, "path": row.path})
        return Actor(Kind.MEMBER, str(row.pk), row.path, role, roles()[role].verbs)


def officer(role: str, path: str, name: str) -> Actor:
    """An officer's account with one grant, as if the one-time link had been used."""
    account = Account.objects.create(username=name.lower().replace(" ", "."), name=name, created_at=clock.now())
    Grant.objects.create(account=account, role=role, path=path, from_on=date(2026, 1, 1), granted_by="world")
    return Actor(Kind.OFFICER, str(account.pk), path, role, roles()[role].verbs, name)


def founder(path: str) -> Actor:
    """Who sets up an office before anybody works in it."""
    return Actor(Kind.SYSTEM, "world", path, "SYSTEM", roles()["ADMIN"].verbs, "Ikrar")


def build_world() -> World:
    """Tanah Bumbu with its election, its province, and Kota Gorontalo beside it; nobody is in the roster yet."""
    here, there = create_office(actor=system("world"), code="63.10"), create_office(actor=system("world"), code="75.71")
    above = create_office(actor=system("world"), code="63", keeps_registry=False)
    details = ElectionDetails(
        kind="PILKADA",
        name="Pilkada 2026",
        voting_on=VOTING,
        phrase="Pemilihan Bupati Tahun 2026",
        term_from=SWORN,
        term_until=date(2027, 2, 10),
    )
    election = create_election(actor=founder("63.10."), office_id=here.pk, details=details)
    return World(
        here,
        above,
        there,
        election,
        admin=officer("ADMIN", "63.10.", "Rahmadi Jelutung"),
        legal=officer("LEGAL_OFFICER", "63.10.", "Rusmini Kenanga"),
        hr=officer("HR_OFFICER", "63.10.", "Lisnawati"),
        chair=officer("CHAIR", "63.10.", "Hamdani Mahoni"),
        supervisor=officer("SUPERVISOR_PROV", "63.", "Zainuri Meranti"),
        stranger=officer("LEGAL_OFFICER", "75.71.", "Sukmawati Kenari"),
    )


def seat(world: World, key: str, *, body: str, name: str, position: str = "MEMBER", **more: Any) -> Membership:
    """Add one person to a body by the legal officer's form; `more` overrides details of person or appointment."""
    known = {name: more.pop(name) for name in ("nik", "born_on", "phone", "sex") if name in more}
    appointment = {"started_on": SWORN, "decree_number": "97 Tahun 2026", "decree_on": SWORN, **more}
    row = add_member(
        actor=world.legal,
        body_code=body,
        election_id=world.election.pk,
        person=PersonDetails(name=name, **known),
        appointment=Appointment(position=position, **appointment),
    )
    world.members[key] = row
    return row


def seat_cast(world: World) -> None:
    """A PPK chair, the three of PPS Manuntung, and one of PPS Lasung."""
    seat(
        world,
        "ppk-chair",
        body="63.10.05",
        name="Norlaila Kapul",
        position="CHAIR",
        nik="6310055508880003",
        born_on=date(1988, 8, 15),
        phone="+6281234567001",
    )
    seat(
        world,
        "pps-chair",
        body="63.10.05.2002",
        name="Rabiatul Adawiyah binti Haji Abdurrahman Kemuning",
        position="CHAIR",
        nik="6310055708880007",
        born_on=date(1988, 8, 17),
    )
    seat(
        world,
        "pps-1",
        body="63.10.05.2002",
        name="Jamilah Ulfah Rambai",
        nik="6310055708960012",
        born_on=date(1996, 8, 17),
        phone="+6281234567010",
    )
    seat(world, "pps-2", body="63.10.05.2002", name="Suprapti")
    seat(world, "other", body="63.10.05.2001", name="Fahriadi Ramania", position="CHAIR")


def approve_sample(world: World, kind: TextKind, body_kind: str) -> TextVersion:
    """The shipped sample, proposed by the legal officer and approved by the chair; only the demo mode allows it."""
    text = create_draft(actor=world.legal, election_id=world.election.pk, kind=kind, body_kind=body_kind, start=Start.SAMPLE)
    wording = text.content
    content = Content(wording, text.chosen, "104 Tahun 2026", date(2026, 5, 20))
    text = save_draft(actor=world.legal, text_id=text.pk, version=text.version, content=content)
    text = attach_scan(actor=world.legal, text_id=text.pk, version=text.version, files=[("sk.pdf", PDF)])
    text = propose_text(actor=world.legal, text_id=text.pk, version=text.version)
    return approve_text(actor=world.chair, text_id=text.pk, version=text.version)
