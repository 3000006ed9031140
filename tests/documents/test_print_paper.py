"""Printing gives the number, the code and the bytes that stay."""

import threading
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.utils import ProgrammingError

from documents.making import OTHER, RECORD, drafted, order, printed
from ikrar.core import clock
from ikrar.core.db.scope import within
from ikrar.core.errors import Invalid, NotAllowed, NotFound, RuleBroken
from ikrar.documents import actions, queries
from ikrar.documents.models import Letterhead, NumberSeries, Paper
from ikrar.documents.rules import PaperState, Refusal
from ikrar.ledger.models import Entry, Head, PublicCode
from ikrar.regions.models import Office
from ikrar_proof.codes import decode_public_code
from pdf_text import pages, squeezed
from world import World, build_world

MAY = datetime(2026, 5, 26, 1, 0, tzinfo=UTC)


@pytest.fixture
def world(db: Any) -> World:
    return build_world()


@pytest.mark.django_db
def test_a_printed_paper_carries_number_code_and_letterhead(world: World) -> None:
    with clock.travel(MAY):
        paper = printed(world)
    assert (paper.state, paper.number) == (PaperState.PRINTED, "1/PP.04.2-BA/6310/2026")
    file = queries.get_file(world.legal, paper.pk)
    read = pages(file.content)
    assert all(squeezed(f"dengan kode {paper.code}") in page for page in read)
    assert squeezed("Nomor: 1/PP.04.2-BA/6310/2026") in read[0]
    assert "RANCANGAN" not in "".join(read)
    assert file.name == "1-PP.04.2-BA-6310-2026.pdf"


@pytest.mark.django_db
def test_the_code_is_public_and_names_the_paper(world: World) -> None:
    paper = printed(world)
    decode_public_code(paper.code)
    row = PublicCode.objects.get(code=paper.code[:26])
    assert (row.kind, row.subject) == ("paper", str(paper.pk))
    shown = queries.get_public_paper(row.subject)
    assert (shown.number, shown.sha256) == (paper.number, paper.hash)
    assert shown.sha256 == sha256(queries.get_file(world.legal, paper.pk).content).hexdigest()


@pytest.mark.django_db
@pytest.mark.row("R13")
def test_the_bytes_stay_when_office_and_time_change(world: World) -> None:
    paper = printed(world)
    before = queries.get_file(world.legal, paper.pk).content
    Office.objects.filter(pk=world.office.pk).update(line_2="KABUPATEN LAIN", number_pattern="{urut}/X/{tahun}")
    with clock.travel(datetime(2027, 1, 5, tzinfo=UTC)):
        assert queries.get_file(world.legal, paper.pk).content == before
        assert "KABUPATENLAIN" in pages(queries.get_file(world.legal, printed(world, "ceremony-2").pk).content)[0]
    assert Letterhead.objects.count() == 2


@pytest.mark.django_db
def test_papers_with_one_letterhead_share_it(world: World) -> None:
    assert printed(world).letterhead_id == printed(world, "ceremony-2").letterhead_id


@pytest.mark.django_db
def test_each_kind_and_each_year_counts_for_itself(world: World) -> None:
    with clock.travel(MAY):
        numbers = [printed(world, "a").number, printed(world, "b").number, printed(world, "c", OTHER).number]
    with clock.travel(datetime(2026, 12, 31, 16, 30, tzinfo=UTC)):  # in Makassar the new year has begun
        numbers.append(printed(world, "d").number)
    assert numbers == ["1/PP.04.2-BA/6310/2026", "2/PP.04.2-BA/6310/2026", "1/PP.04-Pg/6310/2026",
                       "1/PP.04.2-BA/6310/2027"]


@pytest.mark.django_db
def test_what_fails_takes_no_number(world: World) -> None:
    bad = actions.issue(actor=world.legal, kind=RECORD, order=order("bad", place="Gedung \u202e"))
    with pytest.raises(Invalid) as refused:
        actions.print_paper(actor=world.legal, paper_id=bad.pk, version=bad.version)
    assert refused.value.code is Refusal.UNPRINTABLE
    assert Paper.objects.get(pk=bad.pk).paper_state is PaperState.DRAFT
    assert printed(world).sequence == 1


@pytest.mark.django_db
def test_the_next_number_is_shown_without_being_taken(world: World) -> None:
    pattern = world.office.number_pattern
    with clock.travel(MAY):
        assert queries.show_next_number(world.office, RECORD, pattern=pattern) == "1/PP.04.2-BA/6310/2026"
        printed(world)
        assert queries.show_next_number(world.office, RECORD, pattern=pattern) == "2/PP.04.2-BA/6310/2026"
        assert queries.show_next_number(world.office, RECORD, pattern="{urut}.{bulan}.{tahun}") == "2.V.2026"


@pytest.mark.django_db
def test_a_pattern_that_repeats_a_number_is_refused_in_words(world: World) -> None:
    Office.objects.filter(pk=world.office.pk).update(number_pattern="{urut}/{tahun}")
    printed(world)
    other = drafted(world, "b", OTHER)
    with pytest.raises(RuleBroken) as refused:
        actions.print_paper(actor=world.legal, paper_id=other.pk, version=other.version)
    assert refused.value.code is Refusal.NUMBER_TAKEN
    Office.objects.filter(pk=world.office.pk).update(number_pattern="{urut}")
    with pytest.raises(RuleBroken) as yearless:
        actions.print_paper(actor=world.legal, paper_id=other.pk, version=other.version)
    assert yearless.value.code is Refusal.PATTERN_NO_YEAR


@pytest.mark.django_db
def test_a_simulation_prints_its_red_line(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SIMULASI" not in pages(queries.get_file(world.legal, printed(world).pk).content)[0]
    monkeypatch.setattr(settings, "IKRAR_DEMO", True)
    assert "SIMULASI" in pages(queries.get_file(world.legal, printed(world, "b").pk).content)[0]


@pytest.mark.django_db
def test_the_latest_checkpoint_stands_in_the_footer(world: World) -> None:
    assert "Bukulog" not in pages(queries.get_file(world.legal, printed(world).pk).content)[0]
    Head.objects.create(size=1169, root=bytes.fromhex("5ac10f7e") + bytes(28), position=0, at=MAY,
                        note="ikrar.contoh.id/2026\n1169\n")
    page = pages(queries.get_file(world.legal, printed(world, "b").pk).content)[0]
    assert squeezed("Buku log ikrar.contoh.id/2026, 1.169 catatan, sidik 5ac1 0f7e.") in page


@pytest.mark.django_db
def test_printing_is_told_once_and_only_to_the_audit(world: World) -> None:
    paper = printed(world)
    (entry,) = Entry.objects.filter(kind="documents.printed")
    assert entry.object_sha256 is None
    assert paper.hash in bytes(entry.opening.content).decode()
    with pytest.raises(RuleBroken) as twice:
        actions.print_paper(actor=world.legal, paper_id=paper.pk, version=paper.version)
    assert twice.value.code is Refusal.ALREADY_PRINTED


@pytest.mark.django_db
def test_who_may_print(world: World) -> None:
    paper = drafted(world)
    with pytest.raises(NotAllowed):
        actions.print_paper(actor=world.chair, paper_id=paper.pk, version=paper.version)
    with pytest.raises(NotFound):
        actions.print_paper(actor=world.stranger, paper_id=paper.pk, version=paper.version)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [
    "UPDATE documents_paper SET number = '2' WHERE number <> ''", "UPDATE documents_paper SET content = 'x'",
    "UPDATE documents_paper SET state = 'draft'", "DELETE FROM documents_paper",
    "UPDATE documents_letterhead SET facts = '{}'", "DELETE FROM documents_letterhead",
    "UPDATE documents_numberseries SET last = 0", "DELETE FROM documents_numberseries", "TRUNCATE documents_paper CASCADE",
])
def test_nobody_changes_a_printed_paper_past_the_room(world: World, change: str) -> None:
    printed(world)
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.django_db(transaction=True)
def test_numbers_are_gapless_when_many_print_at_once(world: World) -> None:
    papers = [drafted(world, f"ceremony-{n}") for n in range(6)]
    failed = actions.issue(actor=world.legal, kind=RECORD, order=order("bad", place="Gedung \u202e"))

    def print_one(paper: Paper) -> None:
        try:
            with within("0", "~"):
                actions.print_paper(actor=world.legal, paper_id=paper.pk, version=paper.version)
        except Invalid:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=print_one, args=(paper,)) for paper in [*papers[:3], failed, *papers[3:]]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbered = Paper.objects.exclude(number="").order_by("sequence")
    assert list(numbered.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert NumberSeries.objects.get().last == 6
