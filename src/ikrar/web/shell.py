"""What the layouts show around every page: who acts, for which office, the menu, and one sentence after an act."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext

from ikrar.access.actions import Flash, take_flash
from ikrar.access.law import roles
from ikrar.access.queries import HeldRole, list_own_roles
from ikrar.core.actor import PUBLIC, Actor, Kind
from ikrar.regions.queries import find_office
from ikrar.regions.rules import short_office_name
from ikrar.registry.queries import find_current_election, get_own_membership
from ikrar.web.templatetags.ikrar import badge, keep_language


@dataclass(frozen=True)
class Item:
    """One entry of a menu."""

    label: str
    url: str
    icon: str
    is_current: bool = False


@dataclass(frozen=True)
class Switch:
    """Another role under which the officer can work."""

    label: str
    note: str
    url: str


# Pages that stand under a menu entry without lying below its address.
_SAME_ENTRY = {"/sumpah/": ("/naskah/", "/pakta/"), "/badan/": ("/orang/",)}


@dataclass
class Shell:
    """The context variable `shell` (docs/components.md)."""

    demo: bool
    language: str
    other_language_url: str
    actor: Actor
    path: str
    installation_name: str = "Ikrar"
    office_name: str = ""
    office_short: str = ""
    election_name: str = ""
    actor_name: str = ""
    actor_role: str = ""
    initials: str = ""
    menu: list[Item] = field(default_factory=list)
    foot_menu: list[Item] = field(default_factory=list)
    grants: list[Switch] = field(default_factory=list)
    notice: Flash | None = None

    @property
    def is_signed_in(self) -> bool:
        return self.actor.kind is not Kind.PUBLIC


def shell(request: HttpRequest) -> dict[str, Any]:
    """Django's context processor; built only if the page uses it."""
    return {"shell": SimpleLazyObject(lambda: build(request))}


def build(request: HttpRequest) -> Shell:
    """The shell of one page."""
    actor: Actor = getattr(request, "actor", PUBLIC)
    language = get_language() or "id"
    made = Shell(settings.IKRAR_DEMO, language, _other_language(request, language), actor, request.path)
    made.menu = [_item(request, *entry) for entry in _MENUS[actor.kind](actor)]
    made.foot_menu = [_item(request, *entry) for entry in _FOOTS[actor.kind]()]
    if actor.kind in (Kind.OFFICER, Kind.MEMBER):
        _say_who(made, actor, language)
        made.notice = take_flash(request)
    return made


def _item(request: HttpRequest, label: str, url: str, icon: str) -> Item:
    return Item(label, keep_language(url), icon, _is_current(request.path, url))


def _say_who(made: Shell, actor: Actor, language: str) -> None:
    """Office, election, and the person's name and role."""
    role = roles()[actor.role]
    made.actor_role = role.title_en if language == "en" else role.title_id
    made.actor_name = actor.name
    if actor.kind is Kind.MEMBER:
        made.actor_name = get_own_membership(actor).name
    made.initials = badge(made.actor_name)
    office = find_office(actor.path)
    if office:
        made.office_name, made.office_short = office.name, short_office_name(office.name)
        election = find_current_election(office.pk)
        made.election_name = election.name if election else gettext("No election yet")
    made.grants = [_grant(held) for held in list_own_roles(actor) if (held.role, held.path) != (actor.role, actor.path)]


def _grant(held: HeldRole) -> Switch:
    return Switch(held.office, held.title, keep_language(f"/akun/peran/{held.id}/"))


def _is_current(path: str, url: str) -> bool:
    return any(path == each or (each != "/" and path.startswith(each)) for each in (url, *_SAME_ENTRY.get(url, ())))


def _other_language(request: HttpRequest, language: str) -> str:
    query = request.GET.copy()
    query.pop("bahasa", None)
    if language != "en":
        query["bahasa"] = "en"
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _public_foot() -> list[tuple[str, str, str]]:
    return [
        (gettext("How to verify yourself"), "/periksa-sendiri/", ""),
        (gettext("Privacy"), "/privasi/", ""),
    ]


def _officer_foot() -> list[tuple[str, str, str]]:
    return [(gettext("Norms"), "/norma/", "book-2"), (gettext("Guide"), "/panduan/", "help-circle")]


def _public_menu(actor: Actor) -> list[tuple[str, str, str]]:
    return [
        (gettext("Transparency"), "/transparansi/", "chart-bar"),
        (gettext("Norms"), "/norma/", "book-2"),
        (gettext("Verify a document"), "/v/", "file-search"),
    ]


def _member_menu(actor: Actor) -> list[tuple[str, str, str]]:
    menu = [(gettext("Home"), "/beranda/", "home"), (gettext("Pact"), "/pakta/", "signature")]
    if "oversight.view" in actor.verbs:
        menu.append((gettext("Readiness"), "/kesiapan/", "layout-grid"))
    return [*menu, (gettext("Norms"), "/norma/", "book-2")]


def _officer_menu(actor: Actor) -> list[tuple[str, str, str]]:
    entries = [
        (None, gettext("Home"), "/beranda/", "home"),
        ("regions.edit_office", gettext("Office"), "/kantor/", "building-bank"),
        ("registry.edit_election", gettext("Election"), "/pemilihan/", "calendar-event"),
        ("registry.edit_election", gettext("Region"), "/wilayah/", "map-pin"),
        ("oversight.view", gettext("Readiness"), "/kesiapan/", "layout-grid"),
        ("registry.view", gettext("Ad hoc bodies"), "/badan/", "users-group"),
        ("oath.view", gettext("Oath and pact"), "/sumpah/", "signature"),
    ]
    return [(label, url, icon) for verb, label, url, icon in entries if verb is None or verb in actor.verbs]


_MENUS = {Kind.PUBLIC: _public_menu, Kind.MEMBER: _member_menu, Kind.OFFICER: _officer_menu, Kind.SYSTEM: _public_menu}
_FOOTS = {Kind.PUBLIC: _public_foot, Kind.MEMBER: _public_foot, Kind.OFFICER: _officer_foot, Kind.SYSTEM: _public_foot}
