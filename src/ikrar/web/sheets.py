"""Two sheets that stand above their room: an officer's invitation and recovery codes, from what the page shows once.

The secret comes back from the page that showed it and is compared with its mark; it is stored nowhere. `access` stands
below `documents` and may not ask it to typeset.
"""

from typing import Any

from django.conf import settings
from django.http import HttpResponse

from ikrar.access.queries import find_open_link, get_own_account, has_own_codes
from ikrar.core import clock
from ikrar.core.errors import NotFound
from ikrar.core.http import Request, officer
from ikrar.documents.queries import typeset_sheet
from ikrar.regions.queries import Office, get_office


@officer("POST")
def invitation_sheet(request: Request) -> HttpResponse:
    """The invitation as a PDF, for the one-time code that this officer has just been shown."""
    request.actor.require("access.invite", at=request.actor.path)
    code = request.POST.get("code", "")
    link = find_open_link(request.actor, code)
    if link is None:
        raise NotFound
    facts = {
        "name": link.name,
        "position": link.title,
        "role": link.duty,
        "code": link.code,
        "qr": f"{settings.IKRAR_URL}/masuk/#{code}",
        "valid_until": link.until,
    }
    return _pdf("invitation_sheet", get_office(link.path), facts, f"undangan-{link.username}")


@officer("POST")
def recovery_sheet(request: Request) -> HttpResponse:
    """The ten codes as a PDF, if they are this officer's present ones."""
    codes = request.POST.getlist("code")
    if not has_own_codes(request.actor, codes):
        raise NotFound
    own = get_own_account(request.actor)
    facts = {"name": own.name, "position": own.title, "codes": codes}
    return _pdf("recovery_codes", get_office(request.actor.path), facts, "lembar-pemulihan")


def _pdf(paper: str, office: Office, facts: dict[str, Any], name: str) -> HttpResponse:
    telephone = f", telepon {office.phone}" if office.phone else ""
    shared = {
        "address": f"{settings.IKRAR_URL.split('://')[-1]}/masuk",
        "help": f"administrator {office.name}{telephone}",
        "printed_at": clock.now(),
    }
    made = typeset_sheet(office, f"access/papers/{paper}.typ", facts | shared)
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )
