"""Doors of the demo: sign in as a made-up person with one click. Everything here is shut outside demo mode."""

import json
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from ikrar.access.actions.members import sign_in_member
from ikrar.access.actions.sign_in import Browser, open_session
from ikrar.access.actions.telling import tell
from ikrar.access.entries import OFFICER_INVITED
from ikrar.access.law import roles
from ikrar.access.models import Account, Grant
from ikrar.access.rules.doors import SignedIn, SignInRefused
from ikrar.access.rules.names import DEMO_PREFIX
from ikrar.core import clock
from ikrar.core.actor import Actor, Kind
from ikrar.core.errors import NotFound
from ikrar.regions.queries import get_office

DOORS_FILE = "demo-doors.json"


@dataclass(frozen=True)
class DemoOfficer:
    """A made-up officer behind the door `<region>:<who>`."""

    region: str
    who: str
    role: str
    name: str
    title: str

    @property
    def username(self) -> str:
        return f"{DEMO_PREFIX}{self.region}.{self.who}"


@transaction.atomic
def create_demo_officer(*, actor: Actor, officer: DemoOfficer) -> Actor:
    """An account without password and factor, which only the demo's door opens. Raises: NotFound (no demo)."""
    if not settings.IKRAR_DEMO or actor.kind is not Kind.SYSTEM:
        raise NotFound
    office = get_office(f"{officer.region}.")
    account = Account.objects.create(
        username=officer.username, name=officer.name, title=officer.title, created_at=clock.now()
    )
    Grant.objects.create(
        account=account,
        role=officer.role,
        path=office.path,
        from_on=clock.today(office.zone),
        granted_by=actor.subject,
    )
    facts = {"role": officer.role, "username": officer.username, "name": officer.name, "demo": True}
    tell(OFFICER_INVITED, actor=actor, path=office.path, subject=account.pk, **facts)
    role = roles()[officer.role]
    return Actor(Kind.OFFICER, str(account.pk), office.path, role.name, role.verbs, account.name)


@transaction.atomic
def open_demo_door(*, door: str, browser: Browser) -> SignedIn:
    """Open a session of the person behind `<region>:<who>`. Raises: NotFound (no demo, no such door)."""
    if not settings.IKRAR_DEMO:
        raise NotFound
    region, _, who = door.partition(":")
    if subject := demo_member_subject(region, who):
        return sign_in_member(subject=subject, agent=browser.agent, way="demo door")
    username = _doors().get(door, f"{DEMO_PREFIX}{region}.{who}")
    account = Account.objects.select_for_update().filter(username=username, ended_at=None).first()
    if account is None or not account.username.startswith(DEMO_PREFIX):
        raise NotFound
    opened = open_session(account, browser, way="demo door")
    if isinstance(opened, SignInRefused):
        raise NotFound
    return opened


def demo_member_subject(region: str, who: str) -> UUID | None:
    """The membership behind a member's door, or None; the demo's filling writes it to `$IKRAR_HOME/demo-doors.json`."""
    try:
        return UUID(_doors().get(f"{region}:{who}", ""))
    except ValueError:
        return None


def _doors() -> dict[str, str]:
    file = Path(settings.IKRAR_HOME) / DOORS_FILE
    known: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return known
