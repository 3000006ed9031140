"""Texts of oath and pact as an office prepares them: begun, typed from a decree, proposed, approved."""

from dataclasses import replace
from datetime import date
from typing import Any

import hostile
from ikrar.core.actor import Actor
from ikrar.texts import actions
from ikrar.texts.queries import TextVersion, find_base
from ikrar.texts.rules import Content, Start, TextKind
from world import World

DECREE = "104 Tahun 2026"


def begin(world: World, kind: TextKind = TextKind.PACT, start: Start = Start.SAMPLE, body: str = "PPS") -> TextVersion:
    """A draft of the legal officer."""
    return actions.create_draft(
        actor=world.legal, election_id=world.election.pk, kind=kind, body_kind=body, start=start)


def decreed(content: Content, first: str = "Menyelenggarakan {nama_pemilihan} menurut keputusan.") -> Content:
    """What was typed with the decree's words in its first point, and the decree's number and date."""
    points = (replace(content.wording.points[0], text=first), *content.wording.points[1:])
    wording = replace(content.wording, points=points)
    return replace(content, wording=wording, decree_number=DECREE, decree_on=date(2026, 5, 20))


def write(world: World, text: TextVersion, content: Content) -> TextVersion:
    """The draft with these words and a scan."""
    text = actions.save_draft(actor=world.legal, text_id=text.pk, version=text.version, content=content)
    scan = [("keputusan.pdf", hostile.pdf(pages=2))]
    return actions.attach_scan(actor=world.legal, text_id=text.pk, version=text.version, files=scan)


def propose(world: World, first: str = "Menyelenggarakan {nama_pemilihan} menurut keputusan.") -> TextVersion:
    """A pact of PPS that waits for the second person; from the version in force where there is one."""
    base = find_base(world.office.pk, TextKind.PACT, "PPS", world.election.pk)
    text = begin(world, start=Start.CURRENT if base else Start.SAMPLE)
    text = write(world, text, decreed(text.typed, first))
    return actions.propose_text(actor=world.legal, text_id=text.pk, version=text.version)


def approve(world: World, text: TextVersion, actor: Actor | None = None) -> TextVersion:
    """The chair says yes."""
    return actions.approve_text(actor=actor or world.chair, text_id=text.pk, version=text.version)


def as_typed(text: TextVersion, content: Content | None = None) -> dict[str, Any]:
    """What the browser sends from the draft's page."""
    said = content or text.typed
    data: dict[str, Any] = {
        "version": text.version,
        "aksi": "simpan",
        "decree_number": said.decree_number,
        "decree_on": said.decree_on.isoformat() if said.decree_on else "",
        "opening": "\n".join(clause.text for clause in said.wording.opening),
        "closing": "\n".join(clause.text for clause in said.wording.closing),
    }
    rows = {"point": said.wording.points, "oath": said.wording.oath, "affirmation": said.wording.affirmation}
    for key, clauses in rows.items():
        for n, clause in enumerate(clauses, 1):
            data |= {f"{key}-{n}": clause.text, f"{key}-{n}-norm": clause.norm}
    for n, chosen in enumerate(said.questions, 1):
        data |= {f"question-{n}": chosen.question, f"question-{n}-point": chosen.point}
    return data
