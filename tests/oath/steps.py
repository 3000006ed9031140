"""The steps of a ceremony, so that a test says only what is special about its own."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ikrar.core import clock
from ikrar.oath.actions import (
    CeremonyDetails,
    Person,
    create_ceremony,
    create_later_ceremony,
    finish_ceremony,
    mark_all_present,
    set_mark,
)
from ikrar.oath.models import Ceremony, OathMark
from ikrar.oath.rules import Mark
from ikrar.registry.models import Membership
from ikrar.texts.rules import TextKind
from world import World, approve_sample

ZONE = ZoneInfo("Asia/Makassar")
HELD = datetime(2026, 7, 1, 9, 0, tzinfo=ZONE)
LATER = datetime(2026, 7, 8, 9, 0, tzinfo=ZONE)
OFFICIANT = Person("Hamdani Mahoni", "Ketua KPU Kabupaten Tanah Bumbu")
DETAILS = CeremonyDetails(
    HELD, "Gedung Contoh, Batulicin", OFFICIANT, [Person("Syarifah Meranti", "Anggota KPU Kabupaten Tanah Bumbu")],
    decree_number="97 Tahun 2026", decree_on=date(2026, 5, 20), clergy=3, openings=("Demi Allah saya bersumpah",))
LASUNG, MANUNTUNG = "63.10.05.2001", "63.10.05.2002"


def prepare(world: World, *paths: str, **changed: Any) -> Ceremony:
    with clock.travel(HELD):
        return create_ceremony(actor=world.legal, election_id=world.election.pk, body_kind="PPS",
                               paths=paths or ("63.10.05.",), details=replace(DETAILS, **changed))


def swear(world: World, *keys: str) -> Ceremony:
    """A whole ceremony under the sample oath, at which these members of PPS swear and nobody else is called."""
    with clock.travel(datetime(2026, 5, 25, 9, tzinfo=ZONE)):
        approve_sample(world, TextKind.OATH, "PPS")
    ceremony = prepare(world)
    for key in keys:
        say(world, ceremony, key, Mark.PRESENT)
    return finish(world, ceremony, "yang lain menyusul")


def prepare_later(world: World, first: Ceremony) -> Ceremony:
    with clock.travel(LATER):
        return create_later_ceremony(actor=world.legal, election_id=world.election.pk, body_kind="PPS",
                                     details=replace(DETAILS, held_at=LATER), follows_id=first.pk)


def say(world: World, ceremony: Ceremony, key: str, mark: Mark | None, **more: Any) -> OathMark:
    return set_mark(actor=world.legal, ceremony_id=ceremony.pk, membership_id=world.members[key].pk, mark=mark, **more)


def all_present(world: World, ceremony: Ceremony, *codes: str) -> None:
    for code in codes or (LASUNG, MANUNTUNG):
        mark_all_present(actor=world.legal, ceremony_id=ceremony.pk, body_code=code)


def finish(world: World, ceremony: Ceremony, note: str = "", *, at: datetime = HELD) -> Ceremony:
    with clock.travel(at):
        return finish_ceremony(actor=world.legal, ceremony_id=ceremony.pk, note=note)


def sworn_on(world: World, key: str) -> date | None:
    return Membership.objects.get(pk=world.members[key].pk).sworn_on
