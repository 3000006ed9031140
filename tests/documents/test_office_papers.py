"""Who signs for an office, what its letters lack, and the sheets that are made on the spot."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from django.conf import settings
from PIL import Image

import paper_facts
from documents.making import RECORD, drafted, pdf, printed
from ikrar.core.errors import Invalid, NotAllowed, NotFound, Unavailable
from ikrar.documents import actions, queries
from ikrar.documents.models import Signatory
from ikrar.documents.rules import Attachment, Missing, Refusal, SignatoryDetails
from ikrar.ledger.models import Entry
from pdf_text import pages, squeezed
from world import World, build_world

pytestmark = pytest.mark.django_db
CHAIR = SignatoryDetails(name="Hamdani Mahoni", title="Ketua")
SECRETARY = SignatoryDetails(name="Akhmad Sapuan Lanan", title="Sekretaris")


@pytest.fixture
def world() -> World:
    return build_world()


def save(world: World, *signatories: SignatoryDetails) -> list[Signatory]:
    return actions.save_signatories(actor=world.admin, office_id=world.office.pk, signatories=signatories)


def test_signatories_are_kept_in_their_order(world: World) -> None:
    chair, secretary = save(world, CHAIR, SECRETARY)
    assert [row.title for row in queries.list_signatories(world.office.pk)] == ["Ketua", "Sekretaris"]
    with_nip = SignatoryDetails("Akhmad Sapuan Lanan", "Sekretaris", "198001012006041001", str(secretary.pk))
    save(world, with_nip, chair.details)
    assert [(row.title, row.nip) for row in queries.list_signatories(world.office.pk)] == [
        ("Sekretaris", "198001012006041001"), ("Ketua", "")]
    assert Entry.objects.filter(kind="documents.signatories_changed").count() == 2


def test_who_is_not_named_no_longer_signs_but_is_kept(world: World) -> None:
    chair, _ = save(world, CHAIR, SECRETARY)
    save(world, chair.details)
    assert [row.pk for row in queries.list_signatories(world.office.pk)] == [chair.pk]
    assert Signatory.objects.count() == 2


def test_saving_the_same_again_tells_nothing(world: World) -> None:
    rows = save(world, CHAIR, SECRETARY)
    save(world, *(row.details for row in rows))
    assert Entry.objects.filter(kind="documents.signatories_changed").count() == 1


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        save(world, CHAIR, SignatoryDetails(" ", "", "1980 0101"))
    assert {name: code for name, (code, _) in refused.value.fields.items()} == {
        "name-1": Refusal.NAME_EMPTY, "title-1": Refusal.TITLE_EMPTY, "nip-1": Refusal.NIP}
    assert refused.value.fields["nip-1"][1] == {"count": "8"}
    assert not Signatory.objects.exists()


def test_who_may_change_signatories(world: World) -> None:
    for actor, error in ((world.legal, NotAllowed), (world.stranger, NotFound)):
        with pytest.raises(error):
            actions.save_signatories(actor=actor, office_id=world.office.pk, signatories=[CHAIR])


def test_what_the_letters_lack_is_named(world: World) -> None:
    office = world.office
    assert [part for part, _ in queries.list_missing_parts(office)] == [
        Missing.EMBLEM, Missing.ADDRESS, Missing.CONTACT, Missing.CITY, Missing.SIGNATORY]
    save(world, CHAIR, SECRETARY)
    office.emblem, office.address, office.phone, office.city = b"x", "Jalan Contoh Nomor 1", "(0518) 000000", "Batulicin"
    assert queries.list_missing_parts(office) == [(Missing.NIP, {"title": "Sekretaris"})]


def test_the_specimen_shows_what_was_typed_and_not_yet_saved(world: World) -> None:
    save(world, CHAIR, SECRETARY)
    red = io.BytesIO()
    Image.new("RGB", (400, 400), (200, 0, 0)).save(red, "PNG")
    world.office.emblem = red.getvalue()
    shown = Image.open(io.BytesIO(queries.draw_specimen(world.office, number="1/PP.04.2-BA/6310/2026")))
    assert (200, 0, 0) in {colour for _, colour in shown.convert("RGB").getcolors(maxcolors=1_000_000) or []}
    (code,) = zxingcpp.read_barcodes(shown.convert("L").resize((shown.width * 2, shown.height * 2)))
    assert code.text == f"{settings.IKRAR_URL}/v/"


def test_a_sheet_gets_letterhead_and_red_line(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {key: value for key, value in paper_facts.link_sheet().items() if key not in ("office", "marks")}
    (page,) = pages(queries.typeset_sheet(world.office, "pact/papers/link_sheet.typ", facts))
    assert "Disimpanketua" in page
    assert "SIMULASI" not in page
    monkeypatch.setattr(settings, "IKRAR_DEMO", True)
    (page,) = pages(queries.typeset_sheet(world.office, "pact/papers/link_sheet.typ", facts))
    assert squeezed("KODE INI TIDAK BERLAKU") in page


def receipt(world: World) -> bytes:
    facts = {key: value for key, value in paper_facts.pact_receipt().items() if key not in ("office", "marks", "verify")}
    return queries.make_receipt(world.office, "pact/papers/pact_receipt.typ", facts, code=paper_facts.CODE,
                                files=[Attachment("daun.txt", "ikrar-daun/v1\n", "text/plain", "Daun")], marks=["sample"])


def test_a_receipt_is_sealed_by_the_key_of_this_installation(
        world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "IKRAR_HOME", str(tmp_path))
    with pytest.raises(Unavailable) as missing:
        receipt(world)
    assert missing.value.code is Refusal.NO_SEAL
    (tmp_path / "keys").mkdir()
    actions.make_seal(tmp_path, name="ikrar.contoh.id/2026")
    certificate = queries.show_certificate()
    actions.make_seal(tmp_path, name="ikrar.contoh.id/2027")
    assert queries.show_certificate() == certificate
    assert (tmp_path / "keys" / "seal.key").stat().st_mode & 0o777 == 0o600
    made = receipt(world)
    assert b"/ETSI.CAdES.detached" in made
    with pikepdf.open(io.BytesIO(made)) as file:
        assert list(file.attachments) == ["daun.txt"]
    assert squeezed("CONTOH. Naskah ini contoh") in pages(made)[0]


def test_papers_are_listed_for_their_own_place(world: World) -> None:
    first, second, draft = printed(world, "a"), printed(world, "b"), drafted(world, "c")
    actions.void_paper(actor=world.legal, paper_id=first.pk, reason="Keliru.")
    assert list(queries.list_papers(world.chair)) == [draft, second, first]
    assert list(queries.list_papers(world.stranger, kind=RECORD)) == []
    assert queries.count_missing_scans("63.10.") == 1
    actions.attach_scan(actor=world.legal, paper_id=second.pk, files=[pdf()])
    assert queries.count_missing_scans("63.") == 0


def test_a_draft_is_not_public(world: World) -> None:
    with pytest.raises(NotFound):
        queries.get_public_paper(drafted(world).pk)


def test_lists_do_not_read_the_files(world: World, django_assert_num_queries: Any) -> None:
    for n in range(3):
        printed(world, str(n))
    with django_assert_num_queries(1):
        rows = list(queries.list_papers(world.legal))
        assert [row.office.name for row in rows] == ["KPU Kabupaten Tanah Bumbu"] * 3
    assert all({"content", "facts"} <= row.get_deferred_fields() for row in rows)
