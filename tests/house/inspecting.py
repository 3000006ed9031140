"""What must hold for every answer, whoever asked: headers, nothing from elsewhere, nothing about another member."""

import re
from collections.abc import Callable

from django.http import HttpResponse

from house.matrix import Asked
from house.places import MEMBER_ROLES, SEATS, Stage, nik_of, phone_of
from ikrar.core.formats import plain_date

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# A file in a tab of its own may be drawn by the browser's viewer; the page around it has the common policy.
LOOSER = {
    "naskah/<uuid:text_id>/pindaian/",
    "sumpah/<uuid:ceremony_id>/berita-acara/berkas/",
    "sumpah/<uuid:ceremony_id>/berita-acara/pindaian/<uuid:scan_id>/",
}
# May be kept by anybody: the log's files never change or say themselves how long they hold.
CACHED = re.compile(r"^log/")
_OUTSIDE = re.compile(
    rb"""<(?:script|link|img|iframe|object|embed|video|audio|form)\b[^>]*?(?:src|href|action|data)=["']?(?:https?:)?//""",
    re.IGNORECASE,
)
_INLINE = re.compile(rb"<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|<style|\sstyle\s*=\s*[\"']", re.IGNORECASE)


def headers(cell: Asked, response: HttpResponse) -> list[str]:
    """The headers of security, section 8, on every answer, also of a refusal."""
    said = response.headers
    found = [f"{name}: {said.get(name)}" for name, value in WANTED.items() if said.get(name) != value]
    policy = said.get("Content-Security-Policy", "")
    if not policy.startswith("default-src 'none'") or "frame-ancestors 'none'" not in policy:
        found.append(f"CSP {policy}")
    if "unsafe" in policy and cell.route not in LOOSER:
        found.append(f"CSP {policy}")
    if not CACHED.match(cell.route) and "no-store" not in said.get("Cache-Control", ""):
        found.append(f"Cache-Control: {said.get('Cache-Control')}")
    return found


def nothing_from_elsewhere(cell: Asked, response: HttpResponse) -> list[str]:
    """No page loads from another host or carries a script or a style of its own."""
    if "text/html" not in response.headers.get("Content-Type", ""):
        return []
    return [f"{name}: {match[0][:60]!r}" for name, pattern in (("outside", _OUTSIDE), ("inline", _INLINE))
            if (match := pattern.search(response.content))]


def cookies(cell: Asked, response: HttpResponse) -> list[str]:
    """Public pages set no cookie; whatever is set cannot be read by scripts or sent by other sites."""
    found = [name for name, one in response.cookies.items() if not one["httponly"] or one["samesite"] != "Lax"]
    if cell.role == "PUBLIC" and cell.got == "200" and not cell.route.startswith("masuk/"):
        found += list(response.cookies)
    return found


def privacy(stage: Stage) -> Callable[[Asked, HttpResponse], list[str]]:
    """No NIK and no telephone number in clear but on the one guarded page; to a member nothing of another."""
    secrets = {key: _told_of(key) for _, key, *_ in SEATS}
    tokens = {*stage.tokens.values()}
    unnamed = {role: _who_is_not_named_to(role) for role in (*MEMBER_ROLES, "PUBLIC")}

    def inspect(cell: Asked, response: HttpResponse) -> list[str]:
        page = b"" if response.streaming else response.content
        text = page.decode("utf-8", "replace")
        found = [f"token of a session on {cell.route}" for token in tokens if token in text]
        for key, (clear, veiled) in secrets.items():
            if cell.route != "orang/<uuid:member>/lihat/":
                found += [f"{word} of {key}" for word in clear if word in text]
            if cell.role in unnamed and key != cell.role:
                found += [f"{word} of {key}" for word in veiled if word in text]
        found += [f"name {name}" for name in unnamed.get(cell.role, ()) if name in text]
        return found

    return inspect


def _who_is_not_named_to(role: str) -> list[str]:
    """To a chair, everybody who does not serve below; to a member and the public, everybody else."""
    own = next((place for place, key, *_ in SEATS if key == role), "-")
    is_chair = role.endswith("_CHAIR")
    return [name for place, key, name, *_ in SEATS if key != role and not (is_chair and place.startswith(f"{own}."))]


def _told_of(key: str) -> tuple[list[str], list[str]]:
    """What is never shown in clear, and what only the person and the registry see."""
    _, _, _, _, last4, born = next(seat for seat in SEATS if seat[1] == key)
    nik, phone = nik_of(last4, born), phone_of(last4)
    clear = [nik, phone, phone.replace("+62", "0"), f"{phone[1:]}"]
    veiled = [born.isoformat(), plain_date(born, "id"), f"•{last4}", f"• {last4}"]
    return clear, veiled
