"""Founding an office in an installation: its province's regions, the office, and its first administrator's link."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from ikrar.access.actions import NewOfficer, invite_officer
from ikrar.access.rules.secrets import hyphened
from ikrar.core.actor import system
from ikrar.core.db.scope import everywhere
from ikrar.regions.actions import create_office, load_regions

_WHO = "ikrar init"
PROVINCE = 2


@dataclass(frozen=True)
class Founded:
    """A new office, and the link that its administrator opens once; the link exists in clear only here."""

    code: str
    office: str
    admin: str
    link: str
    until: datetime


@transaction.atomic
def found_office(*, code: str, admin: str) -> Founded:
    """Add the office of a province, regency or city to this installation, with its first administrator.

    An office of a province looks on; it keeps no register. Raises: NotFound, Conflict, Invalid (name).
    """
    with everywhere("the first act of an office: nobody has a grant yet"):
        load_regions({code[:PROVINCE]})
        office = create_office(actor=system(_WHO), code=code, keeps_registry=len(code) > PROVINCE)
        new = NewOfficer(name=admin, title="Administrator", role="ADMIN", path=office.path)
        made = invite_officer(actor=system(_WHO), new=new)
    link = f"{settings.IKRAR_URL}/masuk/#{hyphened(made.code)}"
    return Founded(code, office.name, made.name, link, made.until)
