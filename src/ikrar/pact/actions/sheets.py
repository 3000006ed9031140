"""What an officer hands to members: texts to paste, sheets with QR and code, and paper pacts to sign by hand."""

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pikepdf
from django.conf import settings
from django.utils import translation

from ikrar.core import clock, formats
from ikrar.core.actor import Actor
from ikrar.core.errors import RuleBroken
from ikrar.documents.queries import typeset_sheet
from ikrar.notices.actions import write_text
from ikrar.notices.rules import NoticeKind
from ikrar.pact.queries import LinksPage, Unsigned, placeholders_of, post_of, reading_minutes
from ikrar.pact.rules import Refusal
from ikrar.registry.actions import Shown, issue_links, show_links
from ikrar.registry.law import body_rules
from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.links import LIFE

LINK_SHEET, PACT_SHEET = "pact/papers/link_sheet.typ", "pact/papers/pact_sheet.typ"
_HIDDEN = "••••-••••-••••-••••-••••-••••-•••"


@dataclass(frozen=True)
class LinkText:
    """One text, ready to paste; `post` says on the screen for whom, the text itself names nobody."""

    membership_id: UUID
    name: str
    post: str
    text: str

    @property
    def shown(self) -> str:
        """The text with most of the link covered, for the screen that others may see."""
        start = self.text.index("/m/#") + len("/m/#")
        return f"{self.text[:start]}{self.text[start : start + 9]}-…{self.text[start + 33 :]}"


def write_link_texts(*, actor: Actor, page: LinksPage, membership_ids: Sequence[UUID]) -> list[LinkText]:
    """A text for each of these members with a live link; that they were shown is recorded. Raises: NotAllowed."""
    shown = {link.membership_id: link for link in show_links(actor=actor, membership_ids=membership_ids, how="text")}
    rows = {row.membership.pk: row for row in page.unsigned}
    made = []
    for each in membership_ids:
        if each in shown and each in rows:
            row = rows[each]
            made.append(LinkText(each, row.membership.person.name, row.post, _text(page, row, shown[each])))
    return made


def _text(page: LinksPage, row: Unsigned, link: Shown) -> str:
    with translation.override("id"):
        return _compose(page, row, f"{settings.IKRAR_URL}/m/#{link.token}", link.expires_at)


def sample_text(page: LinksPage) -> str:
    """How such a text reads, with the link covered; empty where nobody can be written to."""
    row = next((row for row in page.unsigned if row.is_sendable), None)
    if row is None:
        return ""
    with translation.override("id"):
        return _compose(page, row, f"{settings.IKRAR_URL}/m/#{_HIDDEN}", clock.now() + LIFE)


def _compose(page: LinksPage, row: Unsigned, link: str, until: Any) -> str:
    text = page.texts.get(row.membership.body.kind)
    post = post_of(row.membership)
    return write_text(
        NoticeKind.PACT_LINK,
        {
            "post": post[:1].lower() + post[1:],
            "minutes": str(reading_minutes(text) if text else 6),
            "link": link,
            "until": formats.plain_date(formats.local_day(until, page.office.zone)),
            "office": page.office.name,
            "phone": f", {page.office.phone}," if page.office.phone else "",
        },
    )


def joined(texts: Sequence[LinkText]) -> str:
    """All texts in one, each under a line that says for which body it is."""
    return "\n\n".join(f"— {number}. {text.post} —\n{text.text}" for number, text in enumerate(texts, 1))


def print_link_sheets(*, actor: Actor, page: LinksPage, body_ids: Collection[UUID]) -> bytes:
    """One PDF with a sheet for each body: QR and code for its members who have not signed, made where missing.

    Raises: NotAllowed, Invalid (a name that cannot be printed).
    """
    rows = [row for row in page.unsigned if row.membership.body_id in body_ids]
    ids = [row.membership.pk for row in rows]
    issue_links(actor=actor, membership_ids=ids)
    shown = {link.membership_id: link for link in show_links(actor=actor, membership_ids=ids, how="sheet")}
    office = page.office
    phone = f", telepon {office.phone}" if office.phone else ""
    facts = {
        "printed_at": clock.now(),
        "valid_until": formats.local_day(clock.now() + LIFE - timedelta(days=1), office.zone),
        "address": f"{_host()}/m",
        "help": f"{office.name}{phone}",
        "bodies": [_body_facts(group, shown) for group in _by_body(rows)],
    }
    with translation.override("id"):
        return typeset_sheet(office, LINK_SHEET, facts)


def _by_body(rows: Sequence[Unsigned]) -> list[list[Unsigned]]:
    """Bodies in the order of their code, the chair first."""
    grouped: dict[UUID, list[Unsigned]] = {}
    for row in sorted(rows, key=lambda row: (row.membership.path, row.membership.position, row.membership.person.folded)):
        grouped.setdefault(row.membership.body_id, []).append(row)
    return list(grouped.values())


def _body_facts(rows: Sequence[Unsigned], shown: dict[UUID, Shown]) -> dict[str, Any]:
    place = rows[0].place
    is_ppk = place.kind == BodyKind.PPK
    area = place.regency if is_ppk else f"Kecamatan {place.kecamatan}, {place.regency}"
    return {
        "kind": place.kind,
        "body": place.short,
        "area": area,
        "members": [_member_facts(row, shown.get(row.membership.pk)) for row in rows],
    }


def _member_facts(row: Unsigned, link: Shown | None) -> dict[str, Any]:
    with translation.override("id"):
        position = post_of(row.membership)
    facts: dict[str, Any] = {"name": row.membership.person.name, "position": position}
    if link is None:
        person = row.membership.person
        lacking = [word for word, there in (("NIK", person.nik_last4), ("tanggal lahir", person.born_on)) if not there]
        return {**facts, "lacking": " dan ".join(lacking) or "tautan baru"}
    return {**facts, "code": link.code, "qr": f"{settings.IKRAR_URL}/m/#{link.token}"}


def print_pact_sheets(*, actor: Actor, page: LinksPage, body_ids: Collection[UUID]) -> bytes:
    """One PDF with the pact to sign by hand for every member of these bodies who has not signed.

    Raises: NotAllowed, RuleBroken (no text in force), Invalid (a name that cannot be printed).
    """
    actor.require("pact.enter_paper", at=actor.path)
    rows = [row for row in page.unsigned if row.membership.body_id in body_ids]
    parts = []
    for kind in page.election.body_kinds:
        own = [row for row in rows if row.place.kind == kind]
        if own and kind not in page.texts:
            raise RuleBroken(Refusal.NO_TEXT, body=kind)
        if own:
            parts.append(_pact_file(page, page.texts[kind], _by_body(own)))
    return _merged(parts)


def _pact_file(page: LinksPage, text: Any, groups: Sequence[Sequence[Unsigned]]) -> bytes:
    name = body_rules()[BodyKind(text.body_kind)].name.id
    content = text.content
    marks = ["sample"] if text.is_sample else [] if text.is_confirmed else ["wording"]
    facts = {
        "title": ["Pakta integritas", f"anggota {name}"],
        "version": text.label,
        "city": page.office.city or page.office.name,
        "year": clock.today(page.office.zone).year,
        "preamble": "\n".join(clause.text for clause in content.opening),
        "points": [clause.text for clause in (*content.points, *content.closing)],
        "common": {"nama_pemilihan": page.election.phrase},
        "sheets": [
            _sheet(row, number, len(group)) for group in groups for number, row in enumerate(group, 1)
        ],
    }
    with translation.override("id"):
        return typeset_sheet(page.office, PACT_SHEET, facts, marks=marks)


def _sheet(row: Unsigned, number: int, total: int) -> dict[str, Any]:
    with translation.override("id"):
        post = row.post
    fills = placeholders_of(row.membership)
    return {
        "name": row.membership.person.name,
        "under": post,
        "label": f"lembar {row.place.short}, {number} dari {total}",
        "fill": {key: value for key, value in fills.items() if key != "nama_pemilihan"},
        "qr": f"{settings.IKRAR_URL}/pakta/kertas/baru/?anggota={row.membership.pk}",
    }


def _merged(parts: Sequence[bytes]) -> bytes:
    if len(parts) == 1:
        return parts[0]
    out = io.BytesIO()
    with pikepdf.new() as whole:
        for part in parts:
            with pikepdf.open(io.BytesIO(part)) as read:
                whole.pages.extend(read.pages)
        whole.save(out)
    return out.getvalue()


def _host() -> str:
    return urlsplit(settings.IKRAR_URL).netloc
