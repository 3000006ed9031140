"""The demo's ceremonies: PPK, then PPS, a few absent or excused, a later one for some of them, and their records."""

import random
from datetime import date

from ikrar.core import clock
from ikrar.oath.actions import (
    CeremonyDetails,
    Person,
    attach_record_scan,
    create_ceremony,
    create_later_ceremony,
    finish_ceremony,
    mark_all_present,
    print_record,
    set_mark,
)
from ikrar.oath.queries import list_called
from ikrar.oath.rules import Called, Mark
from ikrar.web.demo.stage import Stage

HALLS = {"63.10": "Gedung Contoh, Batulicin", "75.71": "Hotel Contoh, Kota Gorontalo"}
OPENINGS = ("Demi Allah saya bersumpah", "Demi Tuhan saya berjanji")


def swear_in(stage: Stage, body_kind: str, day: date, *, away: int, seed: str) -> str:
    """One ceremony for all bodies of a kind: everybody present but `away` people. Returns its id."""
    officer, details = stage.officers["legal-officer"], _details(stage, day)
    with clock.travel(stage.at(day, 8, 30)):
        ceremony = create_ceremony(
            actor=officer,
            election_id=stage.election.pk,
            body_kind=body_kind,
            paths=[stage.office.path],
            details=details,
        )
        people = list_called(ceremony)
        absent = random.Random(f"{seed}/{stage.code}/{body_kind}/away").sample(people, away)  # noqa: S311
        _mark(stage, str(ceremony.pk), people, absent)
    with clock.travel(stage.at(day, 10, 15)):
        finish_ceremony(actor=officer, ceremony_id=ceremony.pk)
    with clock.travel(stage.at(day, 10, 40)):
        print_record(actor=officer, ceremony_id=ceremony.pk)
    return str(ceremony.pk)


def bring_back(stage: Stage, ceremony_id: str, day: date) -> None:
    """The signed record is scanned; the scan shows the office's letterhead and says that it is an example."""
    files = [("berita-acara.pdf", stage.scan("contoh"))]
    with clock.travel(stage.at(day, 14)):
        attach_record_scan(actor=stage.officers["legal-officer"], ceremony_id=ceremony_id, files=files)


def _details(stage: Stage, day: date) -> CeremonyDetails:
    name = stage.office.name
    chair, head = stage.officers["chair"].name, stage.officers["division-head"].name
    return CeremonyDetails(
        held_at=stage.at(day, 9),
        place=HALLS[stage.code],
        officiant=Person(chair, f"Ketua {name}"),
        witnesses=[Person(head, f"Anggota {name}"), Person(stage.officers["secretary"].name, f"Sekretaris {name}")],
        decree_number=f"97 Tahun {day.year}",
        decree_on=day,
        clergy=3,
        openings=OPENINGS,
    )


def _mark(stage: Stage, ceremony_id: str, people: list[Called], absent: list[Called]) -> None:
    officer = stage.officers["legal-officer"]
    for number, person in enumerate(absent):
        mark = Mark.EXCUSED if number % 3 == 2 else Mark.ABSENT
        set_mark(actor=officer, ceremony_id=ceremony_id, membership_id=person.membership, mark=mark)
    for body in dict.fromkeys(person.body for person in people):
        mark_all_present(actor=officer, ceremony_id=ceremony_id, body_code=body)


def swear_in_late(stage: Stage, body_kind: str, day: date, *, follows: str, still_away: int, seed: str) -> None:
    """A later ceremony for those who were away; `still_away` of them stay open."""
    officer = stage.officers["legal-officer"]
    with clock.travel(stage.at(day, 8, 30)):
        later = create_later_ceremony(
            actor=officer,
            election_id=stage.election.pk,
            body_kind=body_kind,
            details=_details(stage, day),
            follows_id=follows,
        )
        people = list_called(later)
        absent = random.Random(f"{seed}/{stage.code}/late").sample(people, min(still_away, len(people) - 1))  # noqa: S311
        _mark(stage, str(later.pk), people, absent)
    with clock.travel(stage.at(day, 10)):
        finish_ceremony(actor=officer, ceremony_id=later.pk)
