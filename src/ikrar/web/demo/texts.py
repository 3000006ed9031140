"""The demo's texts: the shipped samples, proposed by the legal officer from a made-up decree, approved by the chair."""

from datetime import date

from ikrar.core import clock
from ikrar.texts.actions import approve_text, attach_scan, create_draft, propose_text, save_draft
from ikrar.texts.rules import Content, Start, TextKind
from ikrar.web.demo.stage import Stage


def approve_all(stage: Stage, day: date) -> None:
    """Oath and pact of PPK and PPS; proposed in the morning, approved in the afternoon."""
    decree = stage.scan(f"97 Tahun {day.year}")
    for kind in (TextKind.OATH, TextKind.PACT):
        for body in stage.election.body_kinds:
            _approve(stage, kind, body, day, decree)


def _approve(stage: Stage, kind: TextKind, body: str, day: date, decree: bytes) -> None:
    proposer, approver = stage.officers["legal-officer"], stage.officers["chair"]
    with clock.travel(stage.at(day, 9, 20)):
        text = create_draft(
            actor=proposer, election_id=stage.election.pk, kind=kind, body_kind=body, start=Start.SAMPLE
        )
        content = Content(text.content, text.chosen, f"97 Tahun {day.year}", day)
        text = save_draft(actor=proposer, text_id=text.pk, version=text.version, content=content)
        text = attach_scan(actor=proposer, text_id=text.pk, version=text.version, files=[("keputusan.pdf", decree)])
        text = propose_text(actor=proposer, text_id=text.pk, version=text.version)
    with clock.travel(stage.at(day, 14, 5)):
        approve_text(actor=approver, text_id=text.pk, version=text.version)
