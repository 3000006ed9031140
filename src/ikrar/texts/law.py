"""Reads the wordings that Ikrar ships to start from; each carries its mark and its sources.

Law: UU 7/2017 Pasal 73, Peraturan DKPP 2/2017 Pasal 7, the pact forms of Keputusan KPU 476/2022.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ikrar.core.dated import Conf, Shelf
from ikrar.texts.rules import Chosen, Clause, Sample, TextKind, Wording

SAMPLES = Shelf(Path(__file__).parent / "data" / "samples")


def find_sample(kind: TextKind, *, body: str, election: str) -> Sample | None:
    """The sample for a body in a kind of election (for a re-vote: the kind it repeats), or None."""
    fitting = [sample for sample in samples().values()
               if (sample.kind, sample.body) == (kind, body) and sample.election in (None, election)]
    return fitting[0] if fitting else None


def get_sample(sample_id: str) -> Sample | None:
    """The sample of that id, or None for a text that was begun without one."""
    return samples().get(sample_id)


@cache
def samples() -> Mapping[str, Sample]:
    """All samples by id, of every version of the file; a later version never takes an id again."""
    rows = [_sample(kind, row)
            for version in SAMPLES.versions.values()
            for kind, name in ((TextKind.PACT, "pacts"), (TextKind.OATH, "oaths"))
            for row in version.content[name]]
    return {sample.id: sample for sample in rows}


def _sample(kind: TextKind, row: Mapping[str, Any]) -> Sample:
    promises = _clauses(row.get("promises", ()))
    wording = Wording(
        opening=tuple(Clause(text) for text in row.get("opening", ())),
        points=_clauses(row.get("points", ())),
        closing=tuple(Clause(text) for text in row.get("closing", ())),
        oath=promises,
        affirmation=promises,
    )
    chosen = tuple(Chosen(each["question"], each["point"]) for each in row.get("questions", ()))
    return Sample(row["id"], kind, row["body"], row["election"], wording, chosen, tuple(row["source"]), row["article"],
                  Conf(row["conf"]), row["is_statute"], row["note_id"], row["note_en"])


def _clauses(rows: Iterable[Mapping[str, str]]) -> tuple[Clause, ...]:
    return tuple(Clause(row["text"], row["norm"]) for row in rows)
