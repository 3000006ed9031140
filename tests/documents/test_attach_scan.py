"""The signed paper comes back as a scan; what is missing is listed."""

import io
from hashlib import sha256

import pikepdf
import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from documents.making import drafted, pdf, photograph, printed
from ikrar.core.errors import Invalid, NotAllowed, NotFound, RuleBroken
from ikrar.core.sandbox import Unread, Unreadable
from ikrar.documents import actions, queries
from ikrar.documents.models import Scan
from ikrar.documents.rules import PaperState, Refusal
from ikrar.ledger.models import Entry
from world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.mark.row("X18")
def test_a_scan_makes_a_printed_paper_signed_and_its_hash_goes_to_the_log(world: World) -> None:
    paper = printed(world)
    assert queries.count_missing_scans("63.10.") == 1
    scan = actions.attach_scan(actor=world.hr, paper_id=paper.pk, files=[pdf(3)])
    assert queries.get_paper(world.legal, paper.pk).paper_state is PaperState.SIGNED
    assert queries.count_missing_scans("63.10.") == 0
    assert scan.pages == 3
    content = queries.get_scan_file(world.chair, scan.pk).content
    assert bytes(Entry.objects.get(kind="documents.scan_attached").object_sha256 or b"") == sha256(content).digest()
    assert queries.get_public_paper(paper.pk).scan_sha256 == scan.hash


def test_photographs_become_one_pdf_without_place_or_device(world: World) -> None:
    paper = printed(world)
    scan = actions.attach_scan(actor=world.legal, paper_id=paper.pk, files=[photograph(), photograph("grey")])
    content = queries.get_scan_file(world.legal, scan.pk).content
    with pikepdf.open(io.BytesIO(content)) as made:
        assert len(made.pages) == scan.pages == 2
    assert b"Ponsel Contoh" not in content


@pytest.mark.parametrize(("files", "code"), [
    ([("ba.pdf", b"")], Unread.EMPTY), ([("ba.pdf", b"%PDF-1.7 cut")], Unread.BROKEN),
    ([("ba.exe", b"MZ")], Unread.WRONG_KIND), ([("ba.jpg", b"%PDF-1.7")], Unread.OTHER_CONTENT),
    ([("ba.heic", b"....ftypheic")], Unread.HEIC), ([photograph(), pdf()], Unread.WRONG_KIND),
])
def test_files_that_are_no_scan_are_refused_and_nothing_changes(
        world: World, files: list[tuple[str, bytes]], code: Unread) -> None:
    paper = printed(world)
    with pytest.raises(Unreadable) as refused:
        actions.attach_scan(actor=world.legal, paper_id=paper.pk, files=files)
    assert refused.value.code is code
    assert queries.get_paper(world.legal, paper.pk).paper_state is PaperState.PRINTED
    assert not Scan.objects.exists()


def test_a_scan_needs_a_file_and_a_printed_paper_without_one(world: World) -> None:
    paper = printed(world)
    with pytest.raises(Invalid) as nothing:
        actions.attach_scan(actor=world.legal, paper_id=paper.pk, files=[])
    assert nothing.value.code is Refusal.NO_FILES
    actions.attach_scan(actor=world.legal, paper_id=paper.pk, files=[pdf()])
    with pytest.raises(RuleBroken) as twice:
        actions.attach_scan(actor=world.legal, paper_id=paper.pk, files=[pdf()])
    assert twice.value.code is Refusal.ALREADY_SCANNED
    with pytest.raises(RuleBroken) as early:
        actions.attach_scan(actor=world.legal, paper_id=drafted(world, "b").pk, files=[pdf()])
    assert early.value.code is Refusal.NOT_PRINTED


@pytest.mark.row("X17")
def test_a_wrong_scan_is_struck_through_and_the_right_one_takes_its_place(world: World) -> None:
    paper = printed(world)
    wrong = actions.attach_scan(actor=world.legal, paper_id=paper.pk, files=[pdf()])
    actions.void_scan(actor=world.legal, scan_id=wrong.pk, reason="Halaman orang lain.")
    assert queries.count_missing_scans("63.10.") == 1
    right = actions.attach_scan(actor=world.legal, paper_id=paper.pk, files=[pdf(2)])
    shown = queries.list_scans(world.legal, paper.pk)
    assert [(scan.pk, scan.void_reason) for scan in shown] == [(right.pk, ""), (wrong.pk, "Halaman orang lain.")]
    assert bytes(Entry.objects.get(kind="documents.scan_voided").object_sha256 or b"").hex() == wrong.hash
    with pytest.raises(RuleBroken) as twice:
        actions.void_scan(actor=world.legal, scan_id=wrong.pk, reason="Lagi.")
    assert twice.value.code is Refusal.SCAN_VOID


def test_voiding_the_scan_of_a_void_paper_leaves_the_paper_void(world: World) -> None:
    paper = printed(world)
    scan = actions.attach_scan(actor=world.legal, paper_id=paper.pk, files=[pdf()])
    actions.void_paper(actor=world.legal, paper_id=paper.pk, reason="Keliru.")
    actions.void_scan(actor=world.legal, scan_id=scan.pk, reason="Keliru.")
    assert queries.get_paper(world.legal, paper.pk).paper_state is PaperState.VOID


def test_who_may_attach_and_read(world: World) -> None:
    paper = printed(world)
    scan = actions.attach_scan(actor=world.legal, paper_id=paper.pk, files=[pdf()])
    with pytest.raises(NotAllowed):
        actions.void_scan(actor=world.chair, scan_id=scan.pk, reason="x")
    for act in (lambda: actions.void_scan(actor=world.stranger, scan_id=scan.pk, reason="x"),
                lambda: queries.get_scan_file(world.stranger, scan.pk),
                lambda: queries.get_scan_file(world.legal, paper.pk)):
        with pytest.raises(NotFound):
            act()


def test_a_scan_does_not_change_past_the_room(world: World) -> None:
    paper = printed(world)
    actions.attach_scan(actor=world.legal, paper_id=paper.pk, files=[pdf()])
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_scan SET content = 'x'")
