"""What a new version brings along for the offices that are there: region sets, and the bodies that follow from them."""

import hashlib
from pathlib import Path

from django.db import transaction

from ikrar.core.actor import system
from ikrar.core.db.scope import everywhere
from ikrar.regions import law as regions
from ikrar.regions.actions import update_regions
from ikrar.registry import law as registry
from ikrar.registry.actions import form_missing_bodies

MARK = "data-versi"


def bring_in_data(home: Path) -> tuple[int, int]:
    """Load new region sets and form the bodies that are missing, recorded; (regions, bodies) added or changed.

    Quick where this version's data were brought in before.
    """
    mark = home / MARK
    if mark.exists() and mark.read_text() == _version():
        return 0, 0
    with everywhere("new region sets and bodies concern every office"), transaction.atomic():
        actor = system("ikrar upgrade")
        done = update_regions(actor=actor), form_missing_bodies(actor=actor)
    mark.write_text(_version())
    return done


def _version() -> str:
    """What tells the data of one version from those of another."""
    sets = [found.id for found in regions.sets()]
    rules = [f"{kind} {rule}" for kind, rule in sorted(registry.body_rules().items())]
    return hashlib.sha256("\n".join([*sets, *rules]).encode()).hexdigest() + "\n"
