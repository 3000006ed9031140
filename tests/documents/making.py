"""An office with papers: drafts of an oath record, printed ones, and files that pass for scans."""

import io
from typing import Any

import pikepdf
from PIL import Image

import paper_facts
from ikrar.documents import actions
from ikrar.documents.models import Paper
from ikrar.documents.rules import PaperKind, PaperOrder
from world import World

RECORD = PaperKind("oath.record", "oath/papers/oath_record.typ", "BA", "PP.04.2")
OTHER = PaperKind("test.notice", "oath/papers/oath_record.typ", "Pg", "PP.04")
GIVEN_LATER = ("office", "verify", "log", "marks", "number")


def order(subject: str = "ceremony-1", **changed: Any) -> PaperOrder:
    """What the oath room hands over for a record of seven people."""
    facts = {key: value for key, value in paper_facts.small_oath_record().items() if key not in GIVEN_LATER}
    return PaperOrder(path="63.10.", subject=subject, title="Berita acara sumpah/janji", facts={**facts, **changed},
                      marks=("wording",))


def drafted(world: World, subject: str = "ceremony-1", kind: PaperKind = RECORD) -> Paper:
    return actions.issue(actor=world.legal, kind=kind, order=order(subject))


def printed(world: World, subject: str = "ceremony-1", kind: PaperKind = RECORD) -> Paper:
    paper = drafted(world, subject, kind)
    return actions.print_paper(actor=world.legal, paper_id=paper.pk, version=paper.version)


def photograph(colour: str = "white") -> tuple[str, bytes]:
    """A photograph that knows where it was taken."""
    out = io.BytesIO()
    picture = Image.new("RGB", (600, 800), colour)
    place = Image.Exif()
    place[0x010F] = "Ponsel Contoh"
    place[0x8825] = {1: "S", 2: (3.0, 27.0, 0.0)}
    picture.save(out, "JPEG", exif=place)
    return "ba.jpg", out.getvalue()


def pdf(pages: int = 1) -> tuple[str, bytes]:
    out = io.BytesIO()
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    document.save(out)
    return "pindaian.pdf", out.getvalue()
