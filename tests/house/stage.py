"""Builds the prepared world of places.py and acts.py."""

from datetime import timedelta

from django.conf import settings

from house.acts import add_ceremonies, add_declines, add_papers
from house.places import (
    Stage,
    add_addresses,
    add_desks,
    add_imports,
    add_members,
    add_officers,
    add_texts,
)
from ikrar.core import clock
from world import build_world


def build() -> Stage:
    """Offices in two provinces, everybody's counterpart, and one of everything; then the installation is in service."""
    before, settings.IKRAR_DEMO = settings.IKRAR_DEMO, True
    try:
        stage = Stage(build_world())
        add_officers(stage)
        add_desks(stage)
        for place, desk in stage.desks.items():
            add_texts(stage, place, desk)
        add_members(stage)
        with clock.travel(clock.now() + timedelta(minutes=1)):
            add_addresses(stage)
        for place, desk in stage.desks.items():
            add_imports(stage, place, desk)
        add_ceremonies(stage)
        add_papers(stage)
        add_declines(stage)
        return stage
    finally:
        settings.IKRAR_DEMO = before
