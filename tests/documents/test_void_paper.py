"""A void paper stays visible with its number and reason, and makes room for another."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from documents.making import RECORD, drafted, pdf, printed
from ikrar.core.errors import NotAllowed, NotFound, RuleBroken
from ikrar.documents import actions, queries
from ikrar.documents.rules import PaperState, Refusal
from ikrar.ledger.models import Entry
from world import World, build_world

pytestmark = pytest.mark.django_db
REASON = "Satu tanda hadir keliru."


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.mark.row("X17")
def test_a_void_paper_keeps_number_reason_and_bytes(world: World) -> None:
    paper = printed(world)
    before = queries.get_file(world.legal, paper.pk).content
    void = actions.void_paper(actor=world.legal, paper_id=paper.pk, reason=f" {REASON} ")
    assert (void.state, void.number, void.void_reason) == (PaperState.VOID, paper.number, REASON)
    assert void.voided_name == "Rusmini Kenanga"
    assert queries.get_file(world.legal, paper.pk).content == before
    assert [row.number for row in queries.list_papers_about(RECORD, "ceremony-1")] == [paper.number]


def test_another_paper_takes_the_next_number_never_the_same(world: World) -> None:
    first = printed(world)
    actions.void_paper(actor=world.legal, paper_id=first.pk, reason=REASON)
    assert queries.find_living_paper(RECORD, "ceremony-1") is None
    second = printed(world)
    assert (first.sequence, second.sequence) == (1, 2)
    assert queries.find_living_paper(RECORD, "ceremony-1") == second


def test_the_log_names_what_was_voided_and_the_public_sees_it(world: World) -> None:
    paper = printed(world)
    actions.void_paper(actor=world.legal, paper_id=paper.pk, reason=REASON)
    entry = Entry.objects.get(kind="documents.voided")
    assert bytes(entry.object_sha256 or b"").hex() == paper.hash
    shown = queries.get_public_paper(paper.pk)
    assert (shown.state, shown.void_reason) == (PaperState.VOID, REASON)


def test_a_signed_paper_can_be_voided_too(world: World) -> None:
    paper = printed(world)
    actions.attach_scan(actor=world.legal, paper_id=paper.pk, files=[pdf()])
    assert actions.void_paper(actor=world.legal, paper_id=paper.pk, reason=REASON).state == PaperState.VOID


def test_no_void_without_reason_of_a_draft_or_twice(world: World) -> None:
    paper = printed(world)
    with pytest.raises(RuleBroken) as silent:
        actions.void_paper(actor=world.legal, paper_id=paper.pk, reason="  ")
    assert silent.value.fields["reason"][0] is Refusal.REASON_EMPTY
    actions.void_paper(actor=world.legal, paper_id=paper.pk, reason=REASON)
    with pytest.raises(RuleBroken) as twice:
        actions.void_paper(actor=world.legal, paper_id=paper.pk, reason=REASON)
    assert twice.value.code is Refusal.ALREADY_VOID
    with pytest.raises(RuleBroken) as early:
        actions.void_paper(actor=world.legal, paper_id=drafted(world).pk, reason=REASON)
    assert early.value.code is Refusal.NOT_PRINTED


def test_who_may_void(world: World) -> None:
    paper = printed(world)
    with pytest.raises(NotAllowed):
        actions.void_paper(actor=world.chair, paper_id=paper.pk, reason=REASON)
    with pytest.raises(NotFound):
        actions.void_paper(actor=world.stranger, paper_id=paper.pk, reason=REASON)


def test_a_void_paper_does_not_come_back_past_the_room(world: World) -> None:
    paper = printed(world)
    actions.void_paper(actor=world.legal, paper_id=paper.pk, reason=REASON)
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_paper SET state = 'printed', void_reason = ''")
