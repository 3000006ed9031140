"""The people behind the demo's doors, in the order of the story."""

from dataclasses import dataclass

from ikrar.access.law import roles
from ikrar.core.actor import Actor, Kind
from ikrar.core.codes import N_


@dataclass(frozen=True)
class Door:
    """One door of the front page: whose it is, what that person does first, and on which screen it is comfortable."""

    door: str
    icon: str
    title: str
    who: str
    text: str
    on_phone: bool = False


@dataclass(frozen=True)
class Officer:
    """A made-up officer of the demo."""

    region: str
    who: str
    role: str
    name: str
    title: str


OFFICERS = [
    Officer("63.10", "admin", "ADMIN", "Rahmadi Jelutung", "Administrator"),
    Officer("63.10", "legal-officer", "LEGAL_OFFICER", "Rusmini Kenanga", "Kasubbag Hukum"),
    Officer("63.10", "hr-officer", "HR_OFFICER", "Lisnawati", "Staf SDM"),
    Officer("63.10", "division-head", "LEGAL_COMMISSIONER", "Murjani Ulin", "Ketua Divisi Hukum"),
    Officer("63.10", "chair", "CHAIR", "Hamdani Mahoni", "Ketua"),
    Officer("63.10", "secretary", "SECRETARY", "Akhmad Sapuan Lanan", "Sekretaris"),
    Officer("63", "province-supervisor", "SUPERVISOR_PROV", "Zainuri Meranti", "KPU Provinsi Kalimantan Selatan"),
    Officer("75.71", "admin", "ADMIN", "Yusran Nantu", "Administrator"),
    Officer("75.71", "legal-officer", "LEGAL_OFFICER", "Sukmawati Kenari", "Kasubbag Hukum"),
    Officer("75.71", "hr-officer", "HR_OFFICER", "Rivo Matoa", "Staf SDM"),
    Officer("75.71", "division-head", "LEGAL_COMMISSIONER", "Hadijah Lingua", "Ketua Divisi Hukum"),
    Officer("75.71", "chair", "CHAIR", "Idris Cempaka", "Ketua"),
    Officer("75.71", "secretary", "SECRETARY", "Meiske Pala", "Sekretaris"),
]

DOORS = [
    Door(
        "63.10:legal-officer",
        "gavel",
        N_("Head of legal sub-section"),
        "Rusmini Kenanga, Tanah Bumbu",
        N_("Imports the roster of 531 members, prepares oath and pact."),
    ),
    Door(
        "63.10:division-head",
        "clipboard-check",
        N_("Head of the law division"),
        "Murjani Ulin, Tanah Bumbu",
        N_("Approves texts and sees what is not complete."),
    ),
    Door(
        "63.10:ppk-chair",
        "users-group",
        N_("Chair of PPK Kusan Hulu"),
        "Norlaila Kapul",
        N_("Sees who in the kecamatan has not signed yet."),
        on_phone=True,
    ),
    Door(
        "63.10:pps-member",
        "signature",
        N_("Member of PPS Manuntung"),
        "Jamilah Ulfah Rambai",
        N_("Reads and signs the pact on a phone."),
        on_phone=True,
    ),
    Door(
        "63:province-supervisor",
        "building-bank",
        N_("Provincial KPU"),
        "Zainuri Meranti",
        N_("Sees the 13 regencies and cities of Kalimantan Selatan."),
    ),
    Door(
        "75.71:legal-officer",
        "map-pin",
        N_("Head of legal sub-section, Gorontalo"),
        "Sukmawati Kenari",
        N_("Works for Kota Gorontalo and sees nothing of Tanah Bumbu."),
    ),
    Door(
        "63.10:secretary",
        "file-check",
        N_("Secretary"),
        "Akhmad Sapuan Lanan, Tanah Bumbu",
        N_("Is the second person who approves a text."),
    ),
]


def clerk_of(region: str) -> Actor:
    """The office's legal officer as an actor without a session, for what a program does in a demo of its own."""
    return Actor(Kind.SYSTEM, "demo", f"{region}.", "LEGAL_OFFICER", roles()["LEGAL_OFFICER"].verbs, "Ikrar")
