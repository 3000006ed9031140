"""A paper begins as a draft that may still change."""

import pytest

from documents.making import RECORD, drafted, order, printed
from ikrar.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from ikrar.documents import actions, queries
from ikrar.documents.models import Paper
from ikrar.documents.rules import PaperState, Refusal
from ikrar.ledger.models import Entry
from pdf_text import pages, squeezed
from world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def test_a_draft_has_neither_number_nor_code_and_says_so(world: World) -> None:
    paper = drafted(world)
    assert (paper.state, paper.number, paper.code) == (PaperState.DRAFT, "", "")
    first = pages(queries.get_file(world.legal, paper.pk).content)[0]
    for said in ("RANCANGAN", "KABUPATEN TANAH BUMBU", "Redaksi naskah belum dipastikan", "Nomor: (diberikan saat dicetak)"):
        assert squeezed(said) in first
    assert Entry.objects.get(kind="documents.drafted").subject == str(paper.pk)


def test_a_draft_follows_its_facts_until_it_is_printed(world: World) -> None:
    paper = drafted(world)
    revised = actions.revise_draft(actor=world.legal, paper_id=paper.pk, version=paper.version,
                                   order=order(place="Balai Desa Manuntung"))
    assert squeezed("bertempat di Balai Desa Manuntung") in pages(queries.get_file(world.legal, paper.pk).content)[0]
    with pytest.raises(Conflict) as stale:
        actions.revise_draft(actor=world.legal, paper_id=paper.pk, version=paper.version, order=order())
    assert stale.value.code is Refusal.CHANGED_MEANWHILE
    assert revised.version == paper.version + 1


def test_one_act_has_one_living_paper(world: World) -> None:
    first = drafted(world)
    with pytest.raises(Conflict) as twice:
        drafted(world)
    assert twice.value.code is Refusal.ALREADY_DRAFTED
    assert queries.find_living_paper(RECORD, "ceremony-1") == first
    assert queries.find_living_paper(RECORD, "ceremony-2") is None


def test_a_deleted_draft_leaves_its_trace_and_no_gap(world: World) -> None:
    paper = drafted(world)
    actions.delete_draft(actor=world.legal, paper_id=paper.pk, version=paper.version)
    assert not Paper.objects.exists()
    assert Entry.objects.filter(kind="documents.draft_deleted", subject=str(paper.pk)).exists()
    assert printed(world).sequence == 1


def test_a_printed_paper_is_neither_revised_nor_deleted(world: World) -> None:
    paper = printed(world)
    for act in (lambda: actions.revise_draft(actor=world.legal, paper_id=paper.pk, version=paper.version, order=order()),
                lambda: actions.delete_draft(actor=world.legal, paper_id=paper.pk, version=paper.version)):
        with pytest.raises(RuleBroken) as refused:
            act()
        assert refused.value.code is Refusal.ALREADY_PRINTED


def test_who_may_draft_and_who_may_know(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.issue(actor=world.chair, kind=RECORD, order=order())
    with pytest.raises(NotFound):
        actions.issue(actor=world.stranger, kind=RECORD, order=order())
    paper = drafted(world)
    assert queries.get_paper(world.chair, paper.pk) == paper
    with pytest.raises(NotFound):
        queries.get_paper(world.stranger, paper.pk)
    with pytest.raises(NotAllowed):
        queries.get_paper(world.admin, paper.pk)
