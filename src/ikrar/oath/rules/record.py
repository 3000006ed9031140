"""The words of the record (berita acara): how it names its place, its bodies, its decrees and its text.

The paper is Indonesian by law and office practice (R), whatever the language of the page; so these words are no msgids.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ikrar.core.formats import listed, plain_date
from ikrar.documents.rules import PaperKind
from ikrar.oath.rules.roll import Mark

# Letter and classification as offices write them (R).
OATH_RECORD = PaperKind("oath_record", "oath/papers/oath_record.typ", "BA", "PP.04.2")
POSITIONS = {"CHAIR": "Ketua", "MEMBER": "Anggota"}
MOST_NAMED = 3


@dataclass(frozen=True)
class Listed:
    """One person as the record lists them; `district` is None where the body is the kecamatan's own."""

    membership: str
    name: str
    position: str
    body: str
    district: str | None
    village_kind: str | None
    mark: Mark | None

    def line(self) -> dict[str, str | None]:
        """The person in a list that is not grouped by body."""
        return {"name": self.name, "position": POSITIONS[self.position], "body": self.body, "district": self.district}

    @property
    def office(self) -> str:
        """`Ketua PPS Lasung`."""
        return f"{POSITIONS[self.position]} {self.body}"

    @property
    def kecamatan(self) -> str:
        """The kecamatan where the body serves."""
        return self.district or self.body.partition(" ")[2]


def scope_words(regency: str, people: Sequence[Listed], *, bodies_in_all: int) -> str:
    """What ends the title: `se-Kabupaten Tanah Bumbu` only where every body of the kind is in the record."""
    names = list(dict.fromkeys(person.kecamatan for person in people))
    if len({(person.body, person.district) for person in people}) == bodies_in_all:
        return f"se-{regency}"
    if len(names) <= MOST_NAMED:
        return f"Kecamatan {listed(names)}"
    return f"di {len(names)} kecamatan {regency}"


def where_words(people: Sequence[Listed]) -> str | None:
    """`pada 157 desa dan kelurahan di 12 kecamatan`; of a single body nothing, the title has said it."""
    bodies = {(person.body, person.district): person for person in people}
    if len(bodies) == 1:
        return None
    kecamatan = {person.kecamatan for person in bodies.values()}
    kinds = sorted({person.village_kind for person in bodies.values() if person.village_kind})
    if not kinds:
        return f"pada {len(bodies)} kecamatan"
    place = f"{len(kecamatan)} kecamatan" if len(kecamatan) > 1 else f"Kecamatan {kecamatan.pop()}"
    return f"pada {len(bodies)} {listed(kinds)} di {place}"


def decree_words(issuer: str, number: str, on: date | None = None) -> str:
    """`Keputusan KPU Kabupaten Tanah Bumbu Nomor 97 Tahun 2026 tanggal 20 Mei 2026`; the number may bring its title."""
    day = f" tanggal {plain_date(on)}" if on else ""
    if number.casefold().startswith("keputusan"):
        return f"{number}{day}"
    return f"Keputusan {issuer} Nomor {number.removeprefix('Nomor ')}{day}"


def people_facts(people: Sequence[Listed]) -> dict[str, object]:
    """Counts and annexes: who swore, by body; who was absent, excused or not called, in the order of the decree."""
    lists = {mark: [person for person in people if person.mark is mark] for mark in (*Mark, None)}
    away, excused, uncalled = lists[Mark.ABSENT], lists[Mark.EXCUSED], lists[None]
    return {
        "appointed": len(people),
        "sworn": len(lists[Mark.PRESENT]),
        "missing": len(away) + len(excused) + len(uncalled),
        "absent": len(away),
        "excused": len(excused),
        "uncalled": len(uncalled),
        "sworn_bodies": _by_body(lists[Mark.PRESENT]),
        "absent_members": [person.line() for person in away],
        "excused_members": [person.line() for person in excused],
        "uncalled_members": [person.line() for person in uncalled],
    }


def _by_body(people: Sequence[Listed]) -> list[dict[str, object]]:
    bodies: dict[tuple[str, str | None], list[dict[str, str]]] = {}
    for person in people:
        member = {"name": person.name, "position": POSITIONS[person.position]}
        bodies.setdefault((person.body, person.district), []).append(member)
    return [{"body": body, "district": district, "members": members} for (body, district), members in bodies.items()]


def form_facts(oath: Sequence[str], affirmation: Sequence[str]) -> list[dict[str, object]]:
    """The two forms of the text, or one where their words are the same: then the record says "sumpah/janji"."""
    if list(oath) == list(affirmation):
        return [{"label": "Sumpah/janji", "lines": list(oath)}]
    named: Mapping[str, Sequence[str]] = {"Sumpah": oath, "Janji": affirmation}
    return [{"label": label, "lines": list(lines)} for label, lines in named.items() if lines]
