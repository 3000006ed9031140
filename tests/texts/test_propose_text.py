"""Row P17: a text comes in through a page, with decree number, date and scan, and waits for a second person."""

from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

import hostile
from drafts import DECREE, as_typed, begin, decreed, propose, write
from ikrar.core.errors import RuleBroken
from ikrar.ledger.models import Entry
from ikrar.texts import actions
from ikrar.texts.models import DecreeScan, TextVersion
from ikrar.texts.rules import Start, TextKind
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("P17")]


def upload(name: str, data: bytes) -> BytesIO:
    file = BytesIO(data)
    file.name = name
    return file


def send(client: Client, text: TextVersion, wish: str = "ajukan", **changed: Any) -> Any:
    data = as_typed(text) | {"aksi": wish} | changed
    return client.post(f"/naskah/{text.pk}/ubah/", data)


def test_a_legal_officer_types_a_text_from_its_decree_and_proposes_it(world: World) -> None:
    client = world.client(world.legal)
    begun = client.post("/naskah/baru/", {"text": "PACT-PPS", "start": "sample"})
    text = TextVersion.objects.get()
    assert begun.headers["Location"] == f"/naskah/{text.pk}/ubah/"
    data = as_typed(text, decreed(text.typed)) | {"aksi": "ajukan", "scan": upload("sk.pdf", hostile.pdf(pages=2))}
    answer = client.post(f"/naskah/{text.pk}/ubah/", data)
    assert answer.headers["Location"] == f"/naskah/{text.pk}/"
    text.refresh_from_db()
    assert (text.state, text.label, text.version_id) == ("proposed", "2026-1", "pakta-pps-63.10-2026-1")
    assert bytes(text.sha256) == sha256(bytes(text.file)).digest()
    assert bytes(text.file).splitlines()[4] == b"keputusan 104 Tahun 2026, 2026-05-20"
    assert (DecreeScan.objects.get().pages, text.is_sample, text.conf) == (2, False, "V")
    kinds = list(Entry.objects.filter(subject=str(text.pk)).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["texts.draft_begun", "texts.scan_attached", "texts.draft_saved", "texts.proposed"]


def test_photographs_become_the_scan(world: World) -> None:
    text = begin(world)
    photos = [upload("1.jpg", hostile.photo()), upload("2.jpg", hostile.photo())]
    send(world.client(world.legal), text, "simpan", scan=photos)
    scan = DecreeScan.objects.get()
    assert scan.pages == 2
    assert bytes(scan.content).startswith(b"%PDF-")
    assert b"RAHASIA" not in bytes(scan.content)


def test_what_is_missing_is_named_and_what_was_typed_is_stored(world: World) -> None:
    text = begin(world)
    answer = send(world.client(world.legal), text, **{"point-2": "", "point-2-norm": "PI.77", "decree_number": DECREE})
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("Poin 2: belum ada isinya", "norma PI.77 tidak ada", "Tanggal keputusan belum ada", "Pindaian keputusan"):
        assert said in page
    assert "Draf tersimpan, tetapi belum diajukan" in page
    text.refresh_from_db()
    assert (text.state, text.decree_number, text.content.points[1].norm) == ("draft", DECREE, "PI.77")


def test_a_date_that_does_not_exist_loses_nothing(world: World) -> None:
    text = begin(world)
    answer = send(world.client(world.legal), text, "simpan", decree_on="2026-13-40", **{"point-1": "Isian baru saya."})
    page = answer.content.decode()
    assert "Tanggal ini tidak ada dalam kalender" in page
    assert "Isian baru saya." in page
    assert "Belum semuanya tersimpan" in page


def test_a_scan_that_is_no_scan_is_refused_and_the_words_are_kept(world: World) -> None:
    text = begin(world)
    bad = upload("sk.pdf", hostile.pdf(script=True))
    answer = send(world.client(world.legal), text, "simpan", scan=bad, **{"point-1": "Isian baru saya."})
    assert "PDF ini memuat program" in answer.content.decode()
    text.refresh_from_db()
    assert text.content.points[0].text == "Isian baru saya."
    assert not DecreeScan.objects.exists()


def test_a_file_of_forty_megabytes_is_refused_before_it_is_read(world: World) -> None:
    text = begin(world)
    answer = send(world.client(world.legal), text, "simpan", scan=upload("sk.pdf", b"%PDF-".ljust(40 << 20)))
    assert "PDF ini 40 MB, batasnya 20 MB" in answer.content.decode()
    assert not DecreeScan.objects.exists()


def test_letters_that_the_file_cannot_hold_are_named(world: World) -> None:
    text = begin(world)
    text = write(world, text, decreed(text.typed, "Menyelenggarakan\u00a0{nama_pemilihan}."))
    with pytest.raises(RuleBroken) as refused:
        actions.propose_text(actor=world.legal, text_id=text.pk, version=text.version)
    assert refused.value.code.key == "texts.unwritable"


@pytest.mark.parametrize(("body", "start", "code"), [
    ("KPPS", Start.SAMPLE, "texts.unknown_body"),
    ("PPS", Start.CURRENT, "texts.none_in_force"),
])
def test_what_there_is_not_cannot_be_begun(world: World, body: str, start: Start, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        begin(world, start=start, body=body)
    assert refused.value.code.key == code


def test_an_empty_oath_has_its_two_promises_to_fill(world: World) -> None:
    text = begin(world, TextKind.OATH, Start.BLANK)
    page = world.client(world.legal).get(f"/naskah/{text.pk}/ubah/").content.decode()
    assert page.count("<textarea") == 4
    assert "Butir 1 dan 2: belum ada isinya" in page


def test_two_officers_do_not_overwrite_each_other(world: World) -> None:
    text = begin(world)
    send(world.client(world.hr), text, "simpan", **{"point-1": "Isian Lisnawati."})
    answer = send(world.client(world.legal), text, "simpan", **{"point-1": "Isian Rusmini."})
    page = answer.content.decode()
    assert "baru saja diubah orang lain" in page
    assert "Isian Rusmini." in page
    text.refresh_from_db()
    assert text.content.points[0].text == "Isian Lisnawati."


def test_the_sample_stays_a_draft_outside_a_demo(world: World) -> None:
    text = begin(world)
    content = text.typed
    text = write(world, text, type(content)(content.wording, content.questions, DECREE, date(2026, 5, 20)))
    answer = send(world.client(world.legal), text)
    assert "Bunyinya masih contoh dari Ikrar" in answer.content.decode()
    assert TextVersion.objects.get().state == "draft"


def test_rows_are_added_moved_and_taken_out_without_scripts(world: World) -> None:
    text, client = begin(world), world.client(world.legal)
    for wish in ("naik:point:6", "buang:point:1", "tambah:point"):
        text.refresh_from_db()
        assert send(client, text, wish).status_code == 302
    text.refresh_from_db()
    norms = [clause.norm for clause in text.content.points]
    assert norms == ["PI.02", "PI.03", "PI.04", "PI.07", "PI.06", "PI.08", "PI.09", "PI.10", "PI.11", "PI.12", ""]
    assert [(each.question, each.point) for each in text.chosen] == [("Q27", 10), ("Q28", 4), ("Q01", 2)]


def test_only_one_version_is_prepared_at_a_time(world: World) -> None:
    begin(world)
    answer = world.client(world.legal).post("/naskah/baru/", {"text": "PACT-PPS", "start": "blank"})
    assert answer.status_code == 200
    assert TextVersion.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("admin", 403), ("chair", 403), ("supervisor", 403)])
def test_nobody_else_writes_here(world: World, who: str, status: int) -> None:
    text = begin(world)
    assert send(world.client(getattr(world, who)), text, "simpan").status_code == status
    text.refresh_from_db()
    assert text.version == 1


def test_a_proposal_can_be_taken_back_and_a_draft_deleted(world: World) -> None:
    text, client = propose(world), world.client(world.legal)
    assert client.get(f"/naskah/{text.pk}/ubah/").headers["Location"] == f"/naskah/{text.pk}/"
    client.post(f"/naskah/{text.pk}/tarik/", {"version": text.version})
    text.refresh_from_db()
    assert (text.state, text.version_id, text.sha256) == ("draft", "", None)
    client.post(f"/naskah/{text.pk}/hapus/", {"version": text.version})
    assert not TextVersion.objects.exists()
    assert not DecreeScan.objects.exists()
