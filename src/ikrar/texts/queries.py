"""Reads of texts: which one is in force, what waits for whom, what differs, what still stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from ikrar.access.queries import Holder, list_holders
from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.core.db.functions import Sha256
from ikrar.core.errors import NotFound
from ikrar.ledger.queries import Heard, Row, Watch
from ikrar.norms import law as norms
from ikrar.registry.queries import get_election, in_office
from ikrar.texts import law
from ikrar.texts.entries import OATH_VERSION, PACT_VERSION
from ikrar.texts.models import OPEN
from ikrar.texts.models import DecreeScan as DecreeScan
from ikrar.texts.models import TextVersion as TextVersion
from ikrar.texts.rules import (
    AskedQuestion,
    Difference,
    Fault,
    Surroundings,
    TextKind,
    TextState,
    check_approver,
    compare,
    judge_text,
    make_file,
)
from ikrar_proof.errors import Refused

_KEPT = [TextState.APPROVED.value, TextState.REPLACED.value]


def find_text_in_force(kind: TextKind, body_kind: str, *, election_id: int, day: date) -> TextVersion | None:
    """The version that members of a kind of body sign or swear on a day, or None before the first was approved."""
    return (
        TextVersion.objects.filter(kind=kind.value, body_kind=body_kind, election_id=election_id, state__in=_KEPT)
        .filter(in_force_from__lte=day)
        .order_by("-in_force_from", "-approved_at")
        .first()
    )


def get_text_in_force(kind: TextKind, body_kind: str, *, election_id: int, day: date) -> TextVersion:
    """As `find_text_in_force`. Raises: NotFound."""
    text = find_text_in_force(kind, body_kind, election_id=election_id, day=day)
    if text is None:
        raise NotFound
    return text


def in_force_on(kind: TextKind, *, day: date) -> QuerySet[TextVersion]:
    """The versions in force on a day, one for each election and kind of body, for other rooms to compose with."""
    return (
        TextVersion.objects.filter(kind=kind.value, state__in=_KEPT, in_force_from__lte=day)
        .order_by("election_id", "body_kind", "-in_force_from", "-approved_at")
        .distinct("election_id", "body_kind")
    )


def get_text(text_id: Any) -> TextVersion:
    """One approved or replaced version: what was signed under it is read for ever. Raises: NotFound."""
    return _one(Q(pk=text_id, state__in=_KEPT))


def get_public_text(hex_hash: str) -> TextVersion:
    """As `get_text`, by the SHA-256 of its file in hex: the wording is public. Raises: NotFound."""
    try:
        digest = bytes.fromhex(hex_hash)
    except ValueError:
        raise NotFound from None
    return _one(Q(sha256=digest, state__in=_KEPT))


def get_office_text(actor: Actor, text_id: Any) -> TextVersion:
    """One version in any state, for the officers of its place. Raises: NotFound, NotAllowed."""
    text = _one(Q(pk=text_id))
    actor.require("texts.view", at=text.path)
    return text


def _one(wanted: Q) -> TextVersion:
    text = TextVersion.objects.select_related("office__region", "election").filter(wanted).first()
    if text is None:
        raise NotFound
    return text


@dataclass(frozen=True)
class Slot:
    """One text that an election needs: the version in force, the one being prepared, and the earlier ones."""

    kind: TextKind
    body_kind: str
    current: TextVersion | None
    waiting: TextVersion | None
    earlier: tuple[TextVersion, ...]


def list_texts(actor: Actor, election_id: int) -> list[Slot]:
    """Every text that the bodies of an election need, those that miss one included. Raises: NotFound, NotAllowed."""
    election = get_election(election_id)
    actor.require("texts.view", at=election.path)
    rows = list(TextVersion.objects.filter(election_id=election_id).defer("file").order_by("-approved_at"))
    return [_slot(rows, kind, body) for kind in (TextKind.OATH, TextKind.PACT) for body in election.body_kinds]


def _slot(rows: list[TextVersion], kind: TextKind, body: str) -> Slot:
    own = [row for row in rows if (row.kind, row.body_kind) == (kind.value, body)]
    current = [row for row in own if row.state == TextState.APPROVED]
    waiting = [row for row in own if row.state in OPEN]
    earlier = tuple(row for row in own if row.state == TextState.REPLACED)
    return Slot(kind, body, current[0] if current else None, waiting[0] if waiting else None, earlier)


def count_ready(election_id: int) -> tuple[int, int]:
    """(texts in force, texts needed) of an election; for the list of first steps."""
    needed = len(TextKind) * len(get_election(election_id).body_kinds)
    return TextVersion.objects.filter(election_id=election_id, state=TextState.APPROVED).count(), needed


def get_pending(actor: Actor) -> list[TextVersion]:
    """What waits for this officer: proposals to approve, drafts and returned texts to finish."""
    states = []
    if "texts.approve" in actor.verbs:
        states.append(TextState.PROPOSED.value)
    if "texts.propose" in actor.verbs:
        states += [TextState.DRAFT.value, TextState.RETURNED.value]
    lo, hi = actor.scope
    rows = TextVersion.objects.filter(path__gte=lo, path__lt=hi, state__in=states, election__is_current=True)
    return [row for row in rows.defer("file").order_by("created_at")
            if row.state != TextState.PROPOSED or not check_approver(actor.role, actor.subject, row.authors)]


def find_scan(text: TextVersion) -> DecreeScan | None:
    """The facts of the decree's scan, without its bytes."""
    return DecreeScan.objects.filter(text=text).defer("content").first()


def get_scan(actor: Actor, text_id: Any) -> DecreeScan:
    """The scan with its bytes, for the officers of its place. Raises: NotFound, NotAllowed."""
    text = get_office_text(actor, text_id)
    scan = DecreeScan.objects.filter(text=text).first()
    if scan is None:
        raise NotFound
    return scan


def list_questions(text: TextVersion, *, language: str = "id") -> list[AskedQuestion]:
    """The questions of understanding as they are asked before this text is signed; empty for an oath.

    Raises: LookupError where a draft names a question that the bank does not have; an approved text never does.
    """
    asked = []
    for each in text.chosen:
        question = norms.get_question(each.question, version=text.question_version)
        options = {letter: words.say(language) for letter, words in question.options.items()}
        asked.append(AskedQuestion(question.id, each.point, question.norm, question.stem.say(language), options,
                                   question.answer, question.explanation.say(language)))
    return asked


def find_previous(text: TextVersion) -> TextVersion | None:
    """The version that this one replaced or would replace; where the election had none, the office's latest before it."""
    if replaced := TextVersion.objects.filter(replaced_by=text).first():
        return replaced
    before = Q(approved_at__lt=text.approved_at) if text.approved_at else Q()
    return _find_base(before & ~Q(pk=text.pk), text.office_id, text.text_kind, text.body_kind, text.election_id)


def find_base(office_id: UUID, kind: TextKind, body_kind: str, election_id: int) -> TextVersion | None:
    """What the next version begins from: the one in force, else the office's latest of an earlier election."""
    return _find_base(Q(), office_id, kind, body_kind, election_id)


def _find_base(among: Q, office_id: UUID, kind: TextKind, body_kind: str, election_id: int) -> TextVersion | None:
    kept = TextVersion.objects.filter(among, office_id=office_id, kind=kind.value, body_kind=body_kind, state__in=_KEPT)
    same = kept.filter(election_id=election_id).order_by("-approved_at").first()
    return same or kept.order_by("-approved_at").first()


def compare_with_previous(text: TextVersion) -> Difference | None:
    """What this version changes, or None where it is the first."""
    previous = find_previous(text)
    return compare(TextKind(text.kind), previous.content, text.content) if previous else None


def list_faults(text: TextVersion) -> list[Fault]:
    """Everything that stands between a text and its approval, in the order of the page."""
    return judge_text(TextKind(text.kind), text.content, text.chosen, text.source(has_scan=bool(find_scan(text))),
                      law.get_sample(text.sample_id), surroundings(text))


def surroundings(text: TextVersion) -> Surroundings:
    """What the checks must know besides the text itself."""
    today = clock.today(text.office.zone)
    return Surroundings(
        norms=norms.get_version(norms.version_on(today)).keys(),
        questions=norms.questions_on(today).keys(),
        election_phrase=text.election.phrase,
        today=today,
        takes_samples=settings.IKRAR_DEMO,
    )


def list_approvers(text: TextVersion) -> list[Holder]:
    """Who can approve this text: holders of the right who neither wrote nor proposed it."""
    return [who for who in list_holders("texts.approve", path=text.path) if str(who.account) not in text.authors]


def count_people(text: TextVersion) -> int:
    """How many members in office today sign or swear under this text."""
    day = clock.today(text.office.zone)
    return in_office(text.path, election_id=text.election_id, day=day).filter(body__kind=text.body_kind).count()


def values_of(text: TextVersion) -> Mapping[str, str]:
    """What is known of the placeholders without a member: the election's own words."""
    return {"nama_pemilihan": text.election.phrase} if text.election.phrase else {}


class TextWatch(Watch):
    """For fsck: approved texts and the scans of their decrees, hashed from what is kept, against their entries."""

    kinds = (PACT_VERSION, OATH_VERSION)

    def hear(self, heard: Heard) -> None:
        """An approval tells of a text, and that another one is replaced."""
        name, facts = f"text {heard.subject}", heard.facts
        if facts is None:
            self.said[name] = None
            return
        told = ("version", "kind", "body", "election", "sha256", "decree", "decree_on", "sample", "scan_sha256")
        for row in self.said.values():
            if row and row["version"] == facts["replaces"]:
                row["replaced"] = True
        kept = {"kept_sha256": facts["sha256"], "wording_sha256": facts["sha256"], "scan_kept_sha256": facts["scan_sha256"]}
        self.said[name] = {each: facts[each] for each in told} | kept | {"replaced": False}

    def list_rows(self) -> dict[str, Row]:
        """All texts that are or were in force: the kept hash, that of the file, and that of the wording that pages show."""
        rows = TextVersion.objects.filter(state__in=_KEPT)
        scans = {scan.text_id: scan for scan in DecreeScan.objects.defer("content").annotate(of_bytes=Sha256("content"))}
        return {f"text {row.pk}": _told_text(row, scans.get(row.pk)) for row in rows}


def _told_text(row: TextVersion, scan: Any) -> Row:
    return {
        "version": row.version_id,
        "kind": row.kind,
        "body": row.body_kind,
        "election": str(row.election_id),
        "sha256": row.hash,
        "kept_sha256": sha256(bytes(row.file or b"")).hexdigest(),
        "wording_sha256": _hash_wording(row),
        "decree": row.decree_number,
        "decree_on": row.decree_on,
        "sample": row.is_sample,
        "scan_sha256": scan.hash if scan else "-",
        "scan_kept_sha256": bytes(scan.of_bytes).hex() if scan else "-",
        "replaced": row.state == TextState.REPLACED,
    }


def _hash_wording(row: TextVersion) -> str:
    """The hash of the file that the shown wording would make; "" where it would make none."""
    decree = (row.decree_number, row.decree_on)
    try:
        return sha256(make_file(row.text_kind, row.version_id, row.body_kind, decree, row.content)).hexdigest()
    except Refused:
        return ""
