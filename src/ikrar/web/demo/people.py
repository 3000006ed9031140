"""Made-up people: the same seed gives the same names, numbers and dates."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

_NAMES = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text())
WOMEN, MEN, SECOND = (_NAMES[kind].split() for kind in ("women", "men", "second"))
LONG = "Rabiatul Adawiyah binti Haji Abdurrahman Kemuning"


@dataclass(frozen=True)
class MadeUp:
    """One made-up person. The NIK names district code 00, which no district has."""

    name: str
    sex: str
    born_on: date
    nik: str
    phone: str


class People:
    """An endless, seeded supply; no name and no NIK comes twice."""

    def __init__(self, seed: str, regency: str) -> None:
        self.random = random.Random(f"{seed}/{regency}")  # noqa: S311 - made-up people, not secrets
        self.regency = regency.replace(".", "")
        self.used: set[str] = set()
        self.number = 0

    def next(self) -> MadeUp:
        """Another person, between 19 and 60 years old, with a phone that no operator gives out."""
        sex = self.random.choice("LP")
        born = date(1966, 1, 1) + timedelta(days=self.random.randrange(41 * 365))
        self.number += 1
        digits = f"{born.day + (40 if sex == 'P' else 0):02}{born:%m%y}"
        return MadeUp(
            self._name(sex), sex, born, f"{self.regency}00{digits}{self.number:04}", f"+62800{self.number:07}"
        )

    def _name(self, sex: str) -> str:
        given = WOMEN if sex == "P" else MEN
        while True:
            words = self.random.choices((1, 2, 3), (4, 66, 30))[0]
            name = " ".join([*self.random.sample(given, min(words, 2)), self.random.choice(SECOND)][-words:])
            if words == 1:
                name = self.random.choice(given)
            if name not in self.used:
                self.used.add(name)
                return name
