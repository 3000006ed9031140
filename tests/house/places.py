"""A prepared world with an object for every relation: who asks, from where, about what.

Places are codes of regions. Every role has one actor; what it asks about lies at its own place, below, above, beside
it in the same province, in another province, or nowhere.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.test import Client

from ikrar.access import sessions
from ikrar.access.models import DeviceKey, Grant, MemberAccess, Session
from ikrar.core import clock
from ikrar.core.actor import Actor, Kind, system
from ikrar.pact.models import Receipt, Signature
from ikrar.regions.actions import create_office
from ikrar.regions.models import Office
from ikrar.registry.actions import (
    Appointment,
    ElectionDetails,
    PersonDetails,
    add_member,
    create_election,
    receive_upload,
    save_import,
)
from ikrar.registry.models import Election, Import, Membership
from ikrar.texts import actions as texts
from ikrar.texts.models import TextVersion
from ikrar.texts.rules import Clause, Start, TextKind
from ikrar_proof.codes import complete_public_code
from pact.acting import Phone, let_in
from registry.importing import accept, book, member
from world import PDF, SAME_ORIGIN, SWORN, VOTING, World, founder, officer

OFFICE, PROVINCE = "63.10", "63"
PPK, PPS = "63.10.05", "63.10.05.2002"
RELATIONS = ("own", "same_body", "below", "above", "sibling", "other_province", "none")
OFFICE_ROLES = (
    "ADMIN", "LEGAL_OFFICER", "HR_OFFICER", "SECRETARY", "LEGAL_COMMISSIONER", "HR_COMMISSIONER", "CHAIR",
)
MEMBER_ROLES = ("PPK_CHAIR", "PPK_MEMBER", "PPS_CHAIR", "PPS_MEMBER")
ROLES = (*OFFICE_ROLES, "SUPERVISOR_PROV", *MEMBER_ROLES, "PUBLIC")

# From each place, where the other relations lie; the first place that has such an object counts. A province has
# nothing above it, a village nothing below.
_OFFICE = {
    "own": ["63.10"],
    "below": ["63.10.05", "63.10.05.2002"],
    "above": ["63"],
    "sibling": ["63.01", "63.01.01.2001"],
    "other_province": ["75.71", "75.71.01.1001"],
}
_PROVINCE = {
    "own": ["63"],
    "below": ["63.10", "63.10.05", "63.10.05.2002"],
    "sibling": ["75"],
    "other_province": ["75.71", "75.71.01.1001"],
}
_PPK = {
    "own": ["63.10.05"],
    "below": ["63.10.05.2002"],
    "above": ["63.10"],
    "sibling": ["63.10.06"],
    "other_province": ["75.71.01", "75.71"],
}
_PPS = {
    "own": ["63.10.05.2002"],
    "above": ["63.10.05", "63.10"],
    "sibling": ["63.10.05.2001"],
    "other_province": ["75.71.01.1001", "75.71"],
}
REACH: dict[str, dict[str, list[str]]] = {
    **dict.fromkeys(OFFICE_ROLES, _OFFICE),
    "SUPERVISOR_PROV": _PROVINCE,
    "PPK_CHAIR": _PPK,
    "PPK_MEMBER": _PPK,
    "PPS_CHAIR": _PPS,
    "PPS_MEMBER": _PPS,
    "PUBLIC": {},
}
# What nobody has made: an address of the right shape that names nothing.
NOTHING = {"code": "63.10.99", "body": "63.10.99", "sha256": "ab" * 32, "nonce": "A" * 21 + "Q"}
# What lies at no place, for anybody: one that exists.
NOWHERE = {"norm_id": "KE.8.a", "slug": "netral", "path": "0/000", "name": "anggota"}
# One word of an address that names no thing.
WORDS = {"what": "sumpah"}



DECREE = "104 Tahun 2026"
PHRASE = "Pemilihan Bupati Tahun 2026"


@dataclass(frozen=True)
class Desk:
    """Who works on which election of an office: one who prepares, one who approves."""

    election: Election
    clerk: Actor
    approver: Actor


@dataclass
class Stage:
    """The world, one actor and one browser for every role, and the objects by kind."""

    world: World
    actors: dict[str, Actor] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    people: dict[str, Membership] = field(default_factory=dict)
    # kind -> place -> object. What belongs to one person lies under (kind, "own" or "same_body", role).
    at: dict[str, dict[str, Any]] = field(default_factory=dict)
    of: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    public_code: str = ""

    def put(self, kind: str, place: str, thing: Any) -> None:
        """Let one object of a kind lie at a place."""
        self.at.setdefault(kind, {})[place] = thing

    def browser(self, role: str) -> Client:
        """A fresh browser of the role, signed in if the role signs in."""
        client = Client(headers=SAME_ORIGIN, raise_request_exception=False)
        if role in self.tokens:
            client.cookies[sessions.COOKIE] = self.tokens[role]
        return client

    def find(self, kind: str, role: str, relation: str) -> Any:
        """The object of a kind that stands in this relation to the role, or None where there is none."""
        if kind in WORDS:
            return WORDS[kind]
        if kind in NOWHERE:
            return NOWHERE[kind] if relation == "none" else None
        if kind == "public_code":
            return self.public_code if relation == "none" else None
        if relation == "none":
            return self._public(kind) if role == "PUBLIC" else NOTHING.get(kind, uuid4())
        if (kind, relation, role) in self.of:
            return self.of[kind, relation, role]
        if relation == "same_body" or (relation == "own" and kind in PERSONAL):
            return None
        places = REACH[role].get(relation, [])
        return next((self.at[kind][place] for place in places if place in self.at.get(kind, {})), None)

    def _public(self, kind: str) -> Any:
        """For the public every object is as far away as any other: one of Tanah Bumbu."""
        known = self.at[kind]
        return next(known[place] for place in (OFFICE, PPS, PPK, *known) if place in known)


# What belongs to one person and not to a place.
PERSONAL = {"account", "grant", "session", "key", "member", "signature", "nonce"}


def sign_in(actor: Actor) -> str:
    """One more browser of an actor; its token."""
    if actor.kind is Kind.MEMBER:
        return sessions.open_member_session(MemberAccess.objects.get(pk=actor.subject), agent="Chrome", opened_by="link")
    grant = Grant.objects.get(account_id=actor.subject)
    return sessions.open_officer_session(grant.account, grant=grant, agent="Chrome")


def add_officers(stage: Stage) -> None:
    world = stage.world
    known = {"ADMIN": world.admin, "LEGAL_OFFICER": world.legal, "HR_OFFICER": world.hr, "CHAIR": world.chair}
    for role in OFFICE_ROLES:
        stage.actors[role] = known.get(role) or officer(role, f"{OFFICE}.", f"Pejabat {role.title()}")
    stage.actors["SUPERVISOR_PROV"] = world.supervisor
    create_office(actor=system("matrix"), code="63.01")
    create_office(actor=system("matrix"), code="75", keeps_registry=False)
    others = {
        OFFICE: officer("SECRETARY", "63.10.", "Rekan Sekantor"),
        PROVINCE: officer("SUPERVISOR_PROV", "63.", "Rekan Provinsi"),
        "63.01": officer("LEGAL_OFFICER", "63.01.", "Pejabat Tanah Laut"),
        "75": officer("SUPERVISOR_PROV", "75.", "Pejabat Gorontalo"),
        "75.71": world.stranger,
    }
    belongings = {place: _belongings(actor) for place, actor in others.items()}
    for place, things in belongings.items():
        for kind, thing in things.items():
            stage.put(kind, place, thing)
    for role, actor in stage.actors.items():
        stage.tokens[role] = sign_in(actor)
        near = belongings[PROVINCE if role == "SUPERVISOR_PROV" else OFFICE]
        for relation, things in (("own", _belongings(actor)), ("same_body", near)):
            stage.of |= {(kind, relation, role): thing for kind, thing in things.items()}


def _belongings(actor: Actor) -> dict[str, Any]:
    """An officer's own things: account, grant, another browser."""
    grant = Grant.objects.get(account_id=actor.subject)
    return {"account": grant.account_id, "grant": grant.pk, "session": _new_session(actor)}


def _new_session(actor: Actor) -> Any:
    before = set(Session.objects.values_list("pk", flat=True))
    sign_in(actor)
    return Session.objects.exclude(pk__in=before).get().pk


def add_desks(stage: Stage) -> None:
    world = stage.world
    stage.desks[OFFICE] = Desk(world.election, world.legal, world.chair)
    for code, name in {"63.01": "Pejabat Tanah Laut", "75.71": world.stranger.name}.items():
        office = Office.objects.get(path=f"{code}.")
        details = ElectionDetails(
            kind="PILKADA", name=f"Pilkada {code}", voting_on=VOTING, phrase=PHRASE, term_from=SWORN,
            term_until=date(2027, 2, 10),
        )
        election = create_election(actor=founder(office.path), office_id=office.pk, details=details)
        grant = Grant.objects.get(account__name=name)
        clerk = sessions.officer_of(grant.account, grant)
        assert clerk
        stage.desks[code] = Desk(election, clerk, officer("CHAIR", office.path, f"Ketua {code}"))


def add_texts(stage: Stage, place: str, desk: Desk) -> None:
    """A version that was replaced, the ones in force, one that waits for the second person, and a draft."""
    for body in ("PPS", "PPK"):
        put_in_force(desk, TextKind.PACT, body)
    put_in_force(desk, TextKind.OATH, "PPS")
    stage.put("proposed", place, propose(desk, TextKind.OATH, "PPK").pk)


def draft(desk: Desk, kind: TextKind, body: str, start: Start = Start.SAMPLE) -> TextVersion:
    """A draft with the number of a decree and its scan: nothing is missing."""
    text = texts.create_draft(actor=desk.clerk, election_id=desk.election.pk, kind=kind, body_kind=body, start=start)
    content = texts.Content(_own_words(text), text.chosen, DECREE, date(2026, 5, 20))
    text = texts.save_draft(actor=desk.clerk, text_id=text.pk, version=text.version, content=content)
    return texts.attach_scan(actor=desk.clerk, text_id=text.pk, version=text.version, files=[("sk.pdf", PDF)])


def _own_words(text: TextVersion) -> texts.Wording:
    """The sample with words of the office's own: outside the demo a sample is never approved."""
    wording = text.content

    def changed(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        return (*clauses[:-1], replace(clauses[-1], text=f"{clauses[-1].text} Versi {text.pk.hex[:6]}.")) if clauses else ()

    return replace(
        wording,
        points=changed(wording.points), oath=changed(wording.oath), affirmation=changed(wording.affirmation),
    )


def propose(desk: Desk, kind: TextKind, body: str, start: Start = Start.SAMPLE) -> TextVersion:
    """A text that waits for the second person."""
    text = draft(desk, kind, body, start)
    return texts.propose_text(actor=desk.clerk, text_id=text.pk, version=text.version)


def put_in_force(desk: Desk, kind: TextKind, body: str, start: Start = Start.SAMPLE) -> TextVersion:
    """A text that members swear or sign."""
    text = propose(desk, kind, body, start)
    return texts.approve_text(actor=desk.approver, text_id=text.pk, version=text.version)


# Who sits where: (place, key, name, position, last digits of the NIK, birth date). Nobody else has these digits.
SEATS = (
    ("63.10.05", "PPK_CHAIR", "Norlaila Kapul", "CHAIR", "1103", date(1981, 3, 11)),
    ("63.10.05", "PPK_MEMBER", "Saidah Ramania", "MEMBER", "1204", date(1982, 4, 12)),
    ("63.10.05", "ppk-other", "Mahyuni Balangeran", "MEMBER", "1305", date(1983, 5, 13)),
    ("63.10.05.2002", "PPS_CHAIR", "Rabiatul Kemuning", "CHAIR", "1406", date(1984, 6, 14)),
    ("63.10.05.2002", "PPS_MEMBER", "Jamilah Rambai", "MEMBER", "1507", date(1985, 7, 15)),
    ("63.10.05.2002", "pps-other", "Suprapti Ketapi", "MEMBER", "1608", date(1986, 8, 16)),
    ("63.10.06", "ppk-sibling", "Fahriadi Tarap", "CHAIR", "1709", date(1987, 9, 17)),
    ("63.10.05.2001", "pps-sibling", "Noorhalisah Mundar", "CHAIR", "1810", date(1988, 10, 18)),
    ("63.01.01.2001", "regency-sibling", "Hairani Lahung", "CHAIR", "1911", date(1989, 11, 19)),
    ("75.71.01", "ppk-other-province", "Meyske Kalumpang", "CHAIR", "2012", date(1990, 12, 20)),
    ("75.71.01.1001", "pps-other-province", "Zulkifli Rambutan", "CHAIR", "2101", date(1991, 1, 21)),
)


def nik_of(last4: str, born: date) -> str:
    """A NIK that fits a birth date."""
    return f"631005{born:%d%m%y}{last4}"


def phone_of(last4: str) -> str:
    """A telephone number that is nobody else's."""
    return f"+62812345{last4}9"


def add_members(stage: Stage) -> None:
    for place, key, name, position, last4, born in SEATS:
        desk = stage.desks[".".join(place.split(".")[:2])]
        person = PersonDetails(name, "", born, nik_of(last4, born), phone_of(last4))
        row = add_member(
            actor=desk.clerk, body_code=place, election_id=desk.election.pk, person=person,
            appointment=Appointment(position, SWORN, "97 Tahun 2026", SWORN),
        )
        stage.people[key] = stage.world.members[key] = row
        things = _possess(stage, key, born)
        if key in MEMBER_ROLES:
            stage.actors[key] = stage.world.member(key)
            stage.tokens[key] = sign_in(stage.actors[key])
            stage.of |= {(kind, "own", key): thing for kind, thing in things.items()}
        else:
            for kind, thing in things.items():
                stage.put(kind, place, thing)
    for body in ("ppk", "pps"):
        for role in (f"{body.upper()}_CHAIR", f"{body.upper()}_MEMBER"):
            things = {kind: stage.at[kind][stage.people[f"{body}-other"].body.code] for kind in POSSESSED}
            stage.of |= {(kind, "same_body", role): thing for kind, thing in things.items()}


POSSESSED = ("member", "session", "key", "signature", "nonce")


def _possess(stage: Stage, key: str, born: date) -> dict[str, Any]:
    """What a member has after signing on a phone: a browser, a key, a signature with its receipt."""
    phone = Phone(let_in(stage.world, key, born_on=born))
    page = phone.open()
    taken = phone.send(phone.statement(page))
    assert taken.status_code == 201, taken.content
    row = stage.people[key]
    signature = Signature.objects.get(membership=row)
    Receipt.objects.create(signature=signature, path=row.path, content=b"%PDF-1.7 tanda bukti", sha256=b"s" * 32,
                           made_at=clock.now())
    return {
        "member": row.pk,
        "session": Session.objects.get(member=row.pk).pk,
        "key": DeviceKey.objects.get(subject=row.pk).pk,
        "signature": signature.pk,
        "nonce": page["nonce"],
    }


def add_addresses(stage: Stage) -> None:
    """What is named by its code or hash, and the version that replaced the one everybody signed."""
    for place in ("63", "63.10", "63.01", "75", "75.71", *(seat[0] for seat in SEATS)):
        stage.put("code", place, place)
        if place.count(".") > 1:
            stage.put("body", place, place)
    for place, desk in stage.desks.items():
        text = put_in_force(desk, TextKind.PACT, "PPS", Start.CURRENT)
        stage.put("sha256", place, text.hash)
        put_in_force(desk, TextKind.PACT, "PPK", Start.CURRENT)
        stage.put("draft", place, draft(desk, TextKind.PACT, "PPK", Start.CURRENT).pk)
    stage.public_code = complete_public_code(Signature.objects.get(membership=stage.people["pps-other"]).code)


def add_imports(stage: Stage, place: str, desk: Desk) -> None:
    """A sheet that waits, and one that was saved. Only Tanah Bumbu's sheet names villages of its office."""
    waiting, saved = (book(member(number, **{"DESA/KEL": "Lasung"})) for number in (41, 42))
    office = desk.election.office
    for kind, data in (("upload", waiting), ("saved", saved)):
        found = receive_upload(actor=desk.clerk, office_id=office.pk, file_name=f"{kind}.xlsx", data=data)
        stage.put(kind, place, accept(found).pk)
    if place == OFFICE:
        save_import(actor=desk.clerk, upload_id=stage.at["saved"][place], seen=1)
        return
    Import.objects.create(
        pk=stage.at["saved"][place], office=office, election=desk.election, path=office.path, file_name="saved.xlsx",
        sha256=b"s" * 32, saved_at=clock.now(), saved_by=desk.clerk.subject,
    )
