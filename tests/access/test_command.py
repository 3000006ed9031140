"""`ikrar access link NAME`."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from access.hands import NOON, browser, invite, set_up
from ikrar.access.actions import end_account
from ikrar.access.models import Account
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("X04")]


def run(*words: str) -> str:
    out = StringIO()
    call_command("access", *words, stdout=out)
    return out.getvalue()


def test_a_locked_out_officer_gets_a_new_link(world: World) -> None:
    old = invite(world.admin)
    said = json.loads(run("link", "murjani.ulin", "--json"))
    assert said["until"] == (NOON + timedelta(days=3)).isoformat()
    assert browser().post("/masuk/undangan/", {"code": old.code}).status_code == 410
    address, _, code = said["url"].partition("#")
    assert address == "http://localhost:8000/masuk/"
    _, codes = set_up(browser(), code)
    assert len(codes) == 10


def test_in_words_and_by_the_full_name(world: World) -> None:
    invite(world.admin)
    said = run("link", "Murjani Ulin")
    assert "/masuk/#" in said
    assert "Berlaku satu kali, sampai Jumat, 27 November 2026 pukul 12.00 WITA." in said


@pytest.mark.parametrize("name", ["tidak.ada", "", "Murjani"])
def test_an_unknown_name_is_refused_with_the_reason(world: World, name: str) -> None:
    invite(world.admin)
    with pytest.raises(CommandError, match="Tidak ada satu petugas"):
        run("link", name)


def test_two_of_one_name_are_told_apart_by_their_usernames(world: World) -> None:
    invite(world.admin)
    invite(world.admin)
    with pytest.raises(CommandError):
        run("link", "Murjani Ulin")
    assert "/masuk/#" in run("link", "murjani.ulin2")


def test_an_ended_account_gets_none(world: World) -> None:
    account = Account.objects.get(pk=invite(world.admin).account)
    end_account(actor=world.admin, account_id=account.pk, reason="Pindah")
    with pytest.raises(CommandError, match="sudah berakhir"):
        run("link", "murjani.ulin")
