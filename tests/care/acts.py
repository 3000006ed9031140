"""Acts in an installation, in a process of their own: `python acts.py WHAT …` with `$IKRAR_HOME`; prints JSON."""
# ruff: noqa: E402

import base64
import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

from ikrar.cli import home, load_environment
from ikrar.web.run.installation import running_database

os.environ["IKRAR_HOME"] = str(home())
load_environment(home())
os.environ["IKRAR_STATIC"] = "build"
django.setup()

import psycopg
from django.conf import settings
from django.db import transaction

from access.hands import Phone, browser, set_up, sign_in
from ikrar.access.actions import NewOfficer, invite_officer
from ikrar.access.law import roles
from ikrar.core import clock
from ikrar.core.actor import Actor, Kind, system
from ikrar.core.db.scope import everywhere
from ikrar.ledger.queries import get_log_copy, get_package
from ikrar.ledger.sequencer import sequence
from ikrar.pact.actions import get_receipt
from ikrar.pact.models import Signature
from ikrar.regions.actions import load_regions
from ikrar.registry.actions import reissue_link
from oath.steps import swear
from pact.acting import NOW, let_in, put_in_force
from pact.acting import Phone as MemberPhone
from world import build_world, seat_cast

NAME = "murjani.uji"


def story() -> dict[str, Any]:
    """A small Tanah Bumbu: offices, a roster, a pact in force, and one member who signs on a phone."""
    with everywhere("test"), clock.travel(NOW):
        with transaction.atomic():
            load_regions({"63", "75"})
            world = build_world()
            seat_cast(world)
            put_in_force(world)
            swear(world, "pps-1")
        phone = MemberPhone(let_in(world))
        answer = phone.send(phone.statement(phone.open()))
    return {"status": answer.status_code}


def officer() -> dict[str, Any]:
    """A new officer chooses a password and connects a phone, through the doors."""
    with everywhere("test"):
        new = NewOfficer("Murjani Ulin", "Ketua", "CHAIR", "63.10.", username=NAME)
        code = invite_officer(actor=system("test"), new=new).code
    phone, codes = set_up(browser(), code)
    return {"key": base64.b64encode(phone.key).decode(), "codes": len(codes)}


def enter(key: str) -> dict[str, Any]:
    """The same officer signs in with password and phone, some minutes later."""
    phone = Phone.__new__(Phone)
    phone.key = base64.b64decode(key)
    client = browser()
    with clock.travel(clock.now() + timedelta(minutes=10)):
        status = sign_in(client, NAME, phone)
        return {"status": status, "home": client.get("/beranda/").status_code}


def receipt(file: str) -> dict[str, Any]:
    """The receipt of one member who signed, as that office's legal officer may fetch it."""
    role = roles()["LEGAL_OFFICER"]
    actor = Actor(Kind.OFFICER, "test", "63.10.", role.name, role.verbs)
    with everywhere("test"), transaction.atomic():
        row = Signature.objects.filter(path__startswith="63.10.").order_by("entry_id").first()
        assert row is not None
        made = get_receipt(actor=actor, signature_id=row.pk)
        Path(file).write_bytes(bytes(made.content))
    return {"holder": row.holder}


def package(file: str) -> dict[str, Any]:
    """The proof of the first member's signature, made now."""
    with everywhere("test"), transaction.atomic():
        row = Signature.objects.order_by("entry_id").first()
        assert row is not None
        Path(file).write_bytes(get_package(row.entry_id))
    return {"entry": row.entry_id}


def unpublished() -> dict[str, Any]:
    """A public act (a member's keys are revoked) that has its place in the log, and is in no checkpoint."""
    role = roles()["LEGAL_OFFICER"]
    actor = Actor(Kind.OFFICER, "test", "63.10.", role.name, role.verbs)
    with everywhere("test"), transaction.atomic():
        row = Signature.objects.order_by("entry_id").first()
        assert row is not None
        reissue_link(actor=actor, membership_id=row.membership_id, reason="ponsel hilang")
        sequence()
        return {"unpublished": get_log_copy().unpublished}


def tables() -> dict[str, Any]:
    """A fingerprint of the content of every table, in the words of the server itself."""
    found = {}
    with psycopg.connect(os.environ["IKRAR_BACKUP_URL"]) as raw:
        for (name,) in raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall():
            said = raw.execute(f"SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY t::text)) FROM {name} t")
            found[name] = list(said.fetchone() or ())
        names = [name for (name,) in raw.execute("SELECT sequencename FROM pg_sequences ORDER BY 1").fetchall()]
        for name in names:
            found[name] = list(raw.execute(f"SELECT last_value, is_called FROM {name}").fetchone() or ())
    del found["django_migrations"], found["django_migrations_id_seq"]
    return found


WHAT = {act.__name__: act for act in (story, officer, enter, receipt, package, unpublished, tables)}

if __name__ == "__main__":
    settings.ALLOWED_HOSTS.append("testserver")
    with running_database():
        print(json.dumps(WHAT[sys.argv[1]](*sys.argv[2:])))
