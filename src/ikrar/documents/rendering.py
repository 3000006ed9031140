"""Puts a paper together: the room's facts, the office's letterhead, number, code and log, and what must be said on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings

from ikrar.documents.models import Paper
from ikrar.documents.rules import Attachment
from ikrar.documents.typeset import PAPER, SOURCES, emblem_drawing, typeset

if TYPE_CHECKING:
    from ikrar.regions.queries import Office


@dataclass(frozen=True)
class Issued:
    """What a paper has only once it is printed."""

    number: str
    code: str
    log: Mapping[str, Any] | None


@dataclass(frozen=True)
class Letter:
    """An office's letterhead as facts, and its emblem (PNG)."""

    facts: dict[str, Any] = field(default_factory=dict)
    emblem: bytes | None = None

    def printed(self) -> dict[str, Any]:
        """The key `office` of a template."""
        drawing = emblem_drawing(self.emblem, mime_type="image/png") if self.emblem else None
        return {**self.facts, "emblem": drawing}


def current_letter(office: "Office") -> Letter:
    """The letterhead as the office has it now."""
    contact = [f"Telepon {office.phone}" if office.phone else "", f"surel {office.email}" if office.email else ""]
    said = ", ".join(part for part in contact if part)
    facts = {"name": office.name, "lines": [line for line in (office.line_1, office.line_2) if line],
             "address": office.address or None, "contact": said[:1].upper() + said[1:] or None,
             "sheet": office.paper.lower(), "zone": office.zone}
    return Letter(facts, bytes(office.emblem) if office.emblem else None)


def public_address(path: str) -> str:
    """An address of this installation as people type it: without `https://`."""
    return urlsplit(settings.IKRAR_URL).netloc + path


def verification(code: str) -> dict[str, Any]:
    """The key `verify` of a template."""
    return {"address": public_address("/v"), "code": code, "qr": f"{settings.IKRAR_URL}/v/{code}"}


def draft_file(paper: Paper, letter: Letter, *, at: datetime) -> bytes:
    """The draft as it stands, marked RANCANGAN, without number and code."""
    return _typeset(paper, letter, {"number": None, "verify": None, "log": None}, [*paper.marks, "draft"], at)


def printed_file(paper: Paper, letter: Letter, issued: Issued, *, at: datetime) -> bytes:
    """The paper that is kept."""
    given = {"number": issued.number, "verify": verification(issued.code), "log": issued.log}
    return _typeset(paper, letter, given, paper.marks, at)


def sheet_file(template: str, facts: Mapping[str, Any], letter: Letter, *, marks: Sequence[str], at: datetime,
               attachments: Sequence[Attachment] = (), standards: Sequence[str] = PAPER) -> bytes:
    """A sheet or receipt that has no number of its own."""
    whole = {**facts, "office": letter.printed(), "marks": with_demo(marks)}
    return typeset(SOURCES / template, whole, attachments=attachments, standards=standards, at=at)


def with_demo(marks: Sequence[str]) -> list[str]:
    """The marks, with the red line where everything is made up."""
    return [*marks, "demo"] if settings.IKRAR_DEMO else list(marks)


def _typeset(paper: Paper, letter: Letter, given: Mapping[str, Any], marks: Sequence[str], at: datetime) -> bytes:
    facts = {**paper.facts, **given, "office": letter.printed(), "marks": with_demo(marks)}
    return typeset(SOURCES / paper.template, facts, at=at)
