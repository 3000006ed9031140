"""What an election may be changed to once people serve in its bodies and texts name it."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as project

from drafts import propose
from ikrar.core.errors import RuleBroken
from ikrar.oversight.queries import get_board
from ikrar.oversight.rules import BodyState
from ikrar.registry.actions import ElectionDetails, change_election
from ikrar.registry.models import Election
from ikrar.texts.actions import return_text
from ikrar.texts.rules import TextKind
from world import SWORN, World, approve_sample, build_world, founder, seat_cast

pytestmark = [pytest.mark.django_db, pytest.mark.row("R01")]


@pytest.fixture
def world() -> World:
    return build_world()


def change(world: World, **changed: Any) -> Election:
    row = Election.objects.get(pk=world.election.pk)
    names = ("kind", "name", "voting_on", "phrase", "body_kinds", "term_from", "term_until")
    details = replace(ElectionDetails(**{name: getattr(row, name) for name in names}), **changed)
    return change_election(actor=founder("63.10."), election_id=row.pk, details=details, version=row.version)


def test_a_kind_in_which_nobody_serves_is_dropped_from_the_board_too(world: World) -> None:
    assert change(world, body_kinds=["PPK"]).body_kinds == ["PPK"]
    tally = get_board(world.legal, "63.10", day=SWORN).tally
    assert (tally.bodies, tally.ready) == (12, 0)


def test_a_kind_in_which_somebody_serves_stays(world: World) -> None:
    seat_cast(world)
    with pytest.raises(RuleBroken) as caught:
        change(world, body_kinds=["PPK"])
    assert caught.value.fields["body_kinds"][0].name == "KIND_HAS_MEMBERS"
    assert Election.objects.get(pk=world.election.pk).body_kinds == ["PPK", "PPS"]


def test_a_body_without_a_size_is_never_ready() -> None:
    empty = BodyState("63.10.05", "PPK", "Kusan Hulu", "63.10.05", seats=0, members=0, sworn=0, signed=0)
    assert not empty.is_ready
    assert replace(empty, seats=1, members=1, sworn=1, signed=1).is_ready


def test_the_words_that_are_signed_do_not_change_under_an_approved_text(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "IKRAR_DEMO", True)
    assert change(world, phrase="Pemilihan Bupati dan Wakil Bupati").phrase == "Pemilihan Bupati dan Wakil Bupati"
    approve_sample(world, TextKind.OATH, "PPS")
    with pytest.raises(RuleBroken) as caught:
        change(world, phrase="Pemilihan Wali Kota")
    assert caught.value.fields["phrase"][0].name == "PHRASE_IN_TEXT"
    assert change(world, name="Pilkada Serentak").phrase == "Pemilihan Bupati dan Wakil Bupati"


def test_a_returned_proposal_frees_the_words(world: World) -> None:
    text = propose(world)
    with pytest.raises(RuleBroken):
        change(world, phrase="Pemilihan Wali Kota")
    return_text(actor=world.chair, text_id=text.pk, version=text.version, reason="nama pemilihan keliru")
    assert change(world, phrase="Pemilihan Wali Kota").phrase == "Pemilihan Wali Kota"
