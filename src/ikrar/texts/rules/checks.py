"""What a text must have before a second officer may see it and approve it, and who that may be (P17, S01, P01)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ikrar.core.codes import N_, Code
from ikrar.texts.rules.wording import (
    PARTS_OF,
    Chosen,
    Clause,
    PartName,
    Sample,
    TextKind,
    TextState,
    Wording,
    placeholders_in,
    same_words,
)
from ikrar_proof.text import PLACEHOLDERS

APPROVERS = ("CHAIR", "LEGAL_COMMISSIONER", "HR_COMMISSIONER", "SECRETARY")
QUESTIONS = 3
MOST_CLAUSES, LONGEST = 40, 2000
PROMISES = 2  # UU 7/2017 Pasal 73(2)
# Words of the opening and closing formulas. They belong to the ceremony, where the office enters them, never to the
# hashed text: it is the same for everybody. "Ketuhanan Yang Maha Esa" and "sumpah/janji" are other words.
_RELIGIOUS = re.compile(
    r"\b(?:allah|tuhan|alloh|wallahi|yesus|kristus|isa almasih|roh kudus|sang hyang|hyang widhi|ida sang|om atah|"
    r"parama wisesa|sang adi budd?ha|budd?ha|namo|tian|thian|demi tuhan|demi allah|bismillah\w*|amin)\b", re.IGNORECASE)


class Refusal(Code):
    """Why a text cannot be saved, proposed, returned or approved. What was typed is always kept."""

    NO_POINTS = N_("The text has no points yet. Take them over from the decree, one a row.")
    NO_OPENING = N_("The opening of the pact is empty. It names who promises, to whom.")
    EMPTY_POINT = N_("Point {number}: no text yet. Write it, or remove the row.")
    EMPTY_PROMISE = N_("Promise {number}: no text yet. Write it, or remove the row.")
    NO_NORM = N_("Point {number}: no norm yet. Write the norm's code, for example {example}.")
    UNKNOWN_NORM = N_("Point {number}: the catalogue does not have the norm {norm}. Choose one from the list.")
    NO_FORM = N_("The oath needs both forms, oath and affirmation, with the same number of promises.")
    PROMISES = N_("The law names {wanted} promises; this form has {found}.")
    RELIGIOUS = N_(
        "The words “{words}” belong to the opening or closing of the ceremony, not to this text. Begin after the opening; "
        "the office enters those words for each ceremony.")
    UNKNOWN_PLACEHOLDER = N_("{{{name}}} is not a known placeholder. Known are {known}.")
    LONE_BRACE = N_("Paragraph {number}: a brace that is not part of a placeholder. Known placeholders are {known}.")
    TOO_LONG = N_("Paragraph {number}: {found} characters, the limit is {limit}. Split it as the decree does.")
    TOO_MANY = N_("The text has {found} rows, the limit is {limit}.")
    QUESTION_COUNT = N_("A pact asks exactly three questions before it is signed; {found} are chosen.")
    QUESTION_TWICE = N_("The question {question} is chosen twice.")
    UNKNOWN_QUESTION = N_("The question {question} is not in the question bank. Choose another one.")
    QUESTION_POINT = N_("The question {question} names point {number}, which this text does not have.")
    NO_PHRASE = N_(
        "The text names the election by {placeholder}, and this election has no such words yet. Enter them on the page of "
        "the election, as the decree writes them.")
    NO_DECREE_NUMBER = N_("The number of the decree is missing. The text comes from a decree; copy its number from there.")
    NO_DECREE_DATE = N_("The date of the decree is missing.")
    DECREE_AHEAD = N_("The date of the decree lies in the future. Check day, month and year.")
    NO_SCAN = N_("The scan of the decree is missing. The approver reads the text beside it; upload a PDF or photographs.")
    SAMPLE = N_(
        "The wording is still Ikrar's sample. Replace it with the wording of your decree; what is already typed stays.")
    OWN_PROPOSAL = N_("You wrote or proposed this text, so you cannot approve it. A text is always seen by two persons.")
    NOT_AN_APPROVER = N_("A text is approved by the chair, a head of division or the secretary.")
    NOT_WAITING = N_("This text does not wait for approval any more. Open its page again to see what happened.")
    NOT_EDITABLE = N_("This text can no longer be edited or deleted. A change becomes the next version.")
    NO_REASON = N_("Write why you return the text. The proposer reads it and mends the draft.")
    ONE_OPEN = N_("A version of this text is already being prepared. Continue it, or delete that draft first.")
    NO_SAMPLE = N_("Ikrar has no sample for this body and kind of election. Begin with an empty text.")
    NONE_IN_FORCE = N_("There is no version in force to begin from. Begin with the sample or an empty text.")
    UNWRITABLE = N_("This text cannot be written into the file that is signed ({detail}). Check what was pasted last.")
    CHANGED_MEANWHILE = N_(
        "Somebody changed this text meanwhile. What you typed is still here, not stored. Open the page again in another "
        "tab and compare.")
    CHANGED_SINCE = N_(
        "This text was changed after you opened it. Open its page again and read what changed; nothing was done.")
    UNKNOWN_BODY = N_("This election has no {body}. Add the body on the page of the election first.")


@dataclass(frozen=True)
class Fault:
    """One thing that is missing or wrong: its code, what fills the sentence, and the part of the page it belongs to."""

    code: Refusal
    place: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """The decree that a text comes from, and its scan."""

    number: str = ""
    day: date | None = None
    has_scan: bool = False


@dataclass(frozen=True)
class Surroundings:
    """What the checks must know besides the text: the norms and questions there are, the election's words, the day.

    `takes_samples`: the installation is a demo, where nothing that is signed binds anybody.
    """

    norms: Collection[str]
    questions: Collection[str]
    election_phrase: str
    today: date
    takes_samples: bool


def judge_text(
    kind: TextKind, wording: Wording, chosen: tuple[Chosen, ...], source: Source, sample: Sample | None, around: Surroundings
) -> list[Fault]:
    """Everything that stands between this text and its approval, in the order of the page; empty when nothing does."""
    check = {TextKind.PACT: _pact_faults, TextKind.OATH: _oath_faults}[kind]
    return [*check(wording, chosen, around), *_placeholder_faults(wording, around), *_size_faults(kind, wording),
            *_source_faults(wording, source, sample, around)]


def is_sample(wording: Wording, source: Source, sample: Sample | None) -> bool:
    """Whether what would be signed is a sample: it has no decree, or it repeats words that are the project's own."""
    if not (source.number and source.day and source.has_scan):
        return True
    return sample is not None and not sample.is_statute and same_words(wording, sample.wording)


def check_approver(role: str, account: str, authors: Collection[str]) -> Refusal | None:
    """Why this officer may not approve or return this text, or None. `authors` wrote or proposed it."""
    if account in authors:
        return Refusal.OWN_PROPOSAL
    return None if role in APPROVERS else Refusal.NOT_AN_APPROVER


def check_state(state: TextState) -> Refusal | None:
    """Why nothing can be decided about a text in this state, or None."""
    return None if state is TextState.PROPOSED else Refusal.NOT_WAITING


def check_editing(state: TextState) -> Refusal | None:
    """Why a text in this state cannot be edited or proposed, or None."""
    return None if state in (TextState.DRAFT, TextState.RETURNED) else Refusal.NOT_EDITABLE


def check_reason(reason: str) -> Refusal | None:
    """Why this reason does not help the proposer, or None."""
    return None if len(reason.strip()) >= 5 else Refusal.NO_REASON


def _pact_faults(wording: Wording, chosen: tuple[Chosen, ...], around: Surroundings) -> Iterator[Fault]:
    if not wording.opening:
        yield Fault(Refusal.NO_OPENING, "opening")
    if not wording.points:
        yield Fault(Refusal.NO_POINTS, "points")
    yield from _clause_faults(wording.points, "point", Refusal.EMPTY_POINT, around)
    yield from _question_faults(chosen, len(wording.points), around)


def _oath_faults(wording: Wording, chosen: tuple[Chosen, ...], around: Surroundings) -> Iterator[Fault]:
    del chosen  # nobody is questioned about an oath
    if len(wording.oath) != len(wording.affirmation) or not wording.oath:
        yield Fault(Refusal.NO_FORM, "oath")
    for part in PARTS_OF[TextKind.OATH]:
        clauses, place = wording.part(part), _PLACES[part]
        if clauses and len(clauses) != PROMISES:
            yield Fault(Refusal.PROMISES, place, {"wanted": PROMISES, "found": len(clauses)})
        yield from _clause_faults(clauses, place, Refusal.EMPTY_PROMISE, around)
        if found := _RELIGIOUS.findall(" ".join(clause.text for clause in clauses)):
            yield Fault(Refusal.RELIGIOUS, place, {"words": ", ".join(dict.fromkeys(found))})


_PLACES = {PartName.OPENING: "opening", PartName.POINT: "point", PartName.CLOSING: "closing", PartName.OATH: "oath",
           PartName.AFFIRMATION: "affirmation"}


def _clause_faults(
    clauses: tuple[Clause, ...], place: str, empty: Refusal, around: Surroundings
) -> Iterator[Fault]:
    for number, clause in enumerate(clauses, 1):
        if not clause.text:
            yield Fault(empty, f"{place}-{number}", {"number": number})
        if not clause.norm:
            yield Fault(Refusal.NO_NORM, f"{place}-{number}", {"number": number, "example": "PI.07"})
        elif clause.norm not in around.norms:
            yield Fault(Refusal.UNKNOWN_NORM, f"{place}-{number}", {"number": number, "norm": clause.norm})


def _question_faults(chosen: tuple[Chosen, ...], points: int, around: Surroundings) -> Iterator[Fault]:
    asked = [each.question for each in chosen]
    if len(asked) != QUESTIONS:
        yield Fault(Refusal.QUESTION_COUNT, "questions", {"found": len(asked)})
    for number, each in enumerate(chosen, 1):
        place = f"question-{number}"
        if each.question not in around.questions:
            yield Fault(Refusal.UNKNOWN_QUESTION, place, {"question": each.question})
        elif each.question in asked[:number - 1]:
            yield Fault(Refusal.QUESTION_TWICE, place, {"question": each.question})
        if not 1 <= each.point <= points:
            yield Fault(Refusal.QUESTION_POINT, place, {"question": each.question, "number": each.point})


def _placeholder_faults(wording: Wording, around: Surroundings) -> Iterator[Fault]:
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for name in placeholders_in(wording):
        if name not in PLACEHOLDERS:
            yield Fault(Refusal.UNKNOWN_PLACEHOLDER, "placeholders", {"name": name, "known": known})
    if "nama_pemilihan" in placeholders_in(wording) and not around.election_phrase:
        yield Fault(Refusal.NO_PHRASE, "placeholders", {"placeholder": "{nama_pemilihan}"})
    for number, clause in enumerate(wording.clauses(), 1):
        rest = re.sub(r"\{[^{}]*\}", "", clause.text)
        if "{" in rest or "}" in rest:
            yield Fault(Refusal.LONE_BRACE, "placeholders", {"number": number, "known": known})


def _size_faults(kind: TextKind, wording: Wording) -> Iterator[Fault]:
    rows = sum(len(wording.part(part)) for part in PARTS_OF[kind])
    if rows > MOST_CLAUSES:
        yield Fault(Refusal.TOO_MANY, "points", {"found": rows, "limit": MOST_CLAUSES})
    for number, clause in enumerate(wording.clauses(), 1):
        if len(clause.text) > LONGEST:
            yield Fault(Refusal.TOO_LONG, "points", {"number": number, "found": len(clause.text), "limit": LONGEST})


def _source_faults(
    wording: Wording, source: Source, sample: Sample | None, around: Surroundings
) -> Iterator[Fault]:
    if source.day and source.day > around.today:
        yield Fault(Refusal.DECREE_AHEAD, "decree_on")
    if around.takes_samples:
        return
    if not source.number:
        yield Fault(Refusal.NO_DECREE_NUMBER, "decree_number")
    if not source.day:
        yield Fault(Refusal.NO_DECREE_DATE, "decree_on")
    if not source.has_scan:
        yield Fault(Refusal.NO_SCAN, "scan")
    if sample is not None and not sample.is_statute and same_words(wording, sample.wording):
        yield Fault(Refusal.SAMPLE, "points")
