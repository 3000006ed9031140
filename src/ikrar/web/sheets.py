"""Two sheets that stand above their room: an officer's invitation and recovery codes, typeset from what the page shows once.

The secret comes back from the page that showed it and is compared with its mark; it is stored nowhere. `access` stands
below `documents` and may not ask it to typeset.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from ikrar.access.queries import find_open_link, get_own_account, has_own_codes
from ikrar.core import clock
from ikrar.core.errors import NotFound
from ikrar.core.http import Request, officer
from ikrar.documents.typeset import emblem_drawing, typeset
from ikrar.regions.queries import get_office

PAPERS = Path(__file__).resolve().parent.parent / "access" / "papers"


@officer("POST")
def invitation_sheet(request: Request) -> HttpResponse:
    """The invitation as a PDF, for the one-time code that this officer has just been shown."""
    code = request.POST.get("code", "")
    link = find_open_link(request.actor, code)
    if link is None:
        raise NotFound
    facts = _facts(link.path) | {
        "name": link.name,
        "position": link.title,
        "role": link.duty,
        "code": link.code,
        "qr": f"{settings.IKRAR_URL}/masuk/#{code}",
        "valid_until": link.until,
    }
    return _pdf("invitation_sheet", facts, f"undangan-{link.username}")


@officer("POST")
def recovery_sheet(request: Request) -> HttpResponse:
    """The ten codes as a PDF, if they are this officer's present ones."""
    codes = request.POST.getlist("code")
    if not has_own_codes(request.actor, codes):
        raise NotFound
    own = get_own_account(request.actor)
    facts = _facts(request.actor.path) | {"name": own.name, "position": own.title, "codes": codes}
    return _pdf("recovery_codes", facts, "lembar-pemulihan")


def _facts(path: str) -> dict[str, Any]:
    office = get_office(path)
    emblem = emblem_drawing(bytes(office.emblem), mime_type="image/png") if office.emblem else None
    telephone = f", telepon {office.phone}" if office.phone else ""
    return {
        "office": {
            "name": office.name,
            "lines": [office.line_1, office.line_2],
            "address": office.address,
            "contact": office.phone or None,
            "emblem": emblem,
            "sheet": office.paper.lower(),
            "zone": office.zone,
        },
        "marks": ["demo"] if settings.IKRAR_DEMO else [],
        "verify": None,
        "log": None,
        "number": None,
        "address": f"{settings.IKRAR_URL.split('://')[-1]}/masuk",
        "help": f"administrator {office.name}{telephone}",
        "printed_at": clock.now(),
    }


def _pdf(paper: str, facts: dict[str, Any], name: str) -> HttpResponse:
    made = typeset(PAPERS / f"{paper}.typ", facts, at=clock.now())
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )
