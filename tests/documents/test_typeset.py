"""From facts to PDF: the same bytes, tagged and archivable, and no fact is ever markup."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
import pytest
import zxingcpp
from PIL import Image

import paper_facts
import pdf_text
from ikrar.core.errors import Invalid
from ikrar.documents.rules import Attachment, Refusal
from ikrar.documents.typeset import (
    RECEIPT,
    SOURCES,
    emblem_drawing,
    picture,
    spell,
    typeset,
)

AT = datetime(2024, 5, 26, 1, 0, tzinfo=UTC)
SPECIMEN = SOURCES / "documents/papers/specimen.typ"
RECEIPT_PAPER = SOURCES / "pact/papers/pact_receipt.typ"
MARKUP = '#panic("x") *b* _i_ $x^2$ @ref <l> [y] `r` // /* \\ = - + {} https://x.id ~ -- ... \'q\' "q" #let'


def test_a_paper_shows_its_facts() -> None:
    (page,) = pdf_text.pages(typeset(SPECIMEN, paper_facts.specimen(), at=AT))
    for said in ("KOMISI PEMILIHAN UMUM", "KABUPATEN TANAH BUMBU", "Nomor: 41/PP.04.2-BA/6310/2024", "Hamdani Mahoni"):
        assert pdf_text.squeezed(said) in page


def test_the_same_facts_give_the_same_bytes_and_another_time_others() -> None:
    first = typeset(RECEIPT_PAPER, paper_facts.pact_receipt(), at=AT)
    assert typeset(RECEIPT_PAPER, paper_facts.pact_receipt(), at=AT) == first
    assert typeset(RECEIPT_PAPER, paper_facts.pact_receipt(), at=AT.replace(hour=2)) != first


def test_the_date_inside_is_the_one_given() -> None:
    with pikepdf.open(io.BytesIO(typeset(SPECIMEN, paper_facts.specimen(), at=AT))) as pdf:
        assert pdf.docinfo["/CreationDate"] == "D:20240526010000Z"


@pytest.mark.parametrize("field", ["name", "position", "area", "decree", "statement"])
def test_markup_in_a_fact_stays_text(field: str) -> None:
    (page,) = pdf_text.pages(typeset(RECEIPT_PAPER, paper_facts.pact_receipt(**{field: MARKUP}), at=AT))
    assert pdf_text.squeezed(MARKUP) in page


@pytest.mark.parametrize("field", ["lines", "address", "contact", "name"])
def test_markup_in_a_letterhead_stays_text(field: str) -> None:
    office = paper_facts.office(**{field: [MARKUP, MARKUP] if field == "lines" else MARKUP})
    page = pdf_text.pages(typeset(RECEIPT_PAPER, paper_facts.pact_receipt(office=office), at=AT))[0]
    assert pdf_text.squeezed(MARKUP.upper() if field == "lines" else MARKUP) in page


@pytest.mark.parametrize(("name", "character"), [
    ("Ali\u202eIlu", "U+202E"), ("Ali\u200bIlu", "U+200B"), ("Ali\u0007", "U+0007"), ("Ali\u2028Ilu", "U+2028"),
    ("Ali\ufeff", "U+FEFF"), ("Ali\ue000", "U+E000"),
])
def test_characters_that_hide_or_turn_text_are_refused(name: str, character: str) -> None:
    with pytest.raises(Invalid) as refused:
        typeset(RECEIPT_PAPER, paper_facts.pact_receipt(name=name), at=AT)
    assert refused.value.code is Refusal.UNPRINTABLE
    assert refused.value.data["character"] == character


@pytest.mark.parametrize("name", ["علي", "Ali 😀", "阿里"])
def test_letters_that_our_fonts_lack_are_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        typeset(RECEIPT_PAPER, paper_facts.pact_receipt(name=name), at=AT)
    assert refused.value.code is Refusal.UNPRINTABLE
    assert refused.value.data["character"] in name


@pytest.mark.parametrize("name", ["Ìñès Šu'aib-Ṣāliḥ".replace("Ṣ", "S").replace("ḥ", "h"), "Ni’mah d’Élan", "Suprapti"])
def test_accents_and_apostrophes_are_printed(name: str) -> None:
    (page,) = pdf_text.pages(typeset(RECEIPT_PAPER, paper_facts.pact_receipt(name=name), at=AT))
    assert pdf_text.squeezed(name) in page


@pytest.mark.parametrize(("standards", "part"), [(("a-2a", "ua-1"), "2"), (RECEIPT, "3")])
def test_a_paper_claims_and_carries_what_archives_and_readers_need(standards: tuple[str, ...], part: str) -> None:
    pdf = pikepdf.open(io.BytesIO(typeset(RECEIPT_PAPER, paper_facts.pact_receipt(), standards=standards, at=AT)))
    with pdf.open_metadata() as claims:
        assert (claims["pdfaid:part"], claims["pdfaid:conformance"], claims["pdfuaid:part"]) == (part, "A", "1")
    assert pdf.Root.Lang == "id"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert pdf.docinfo["/Title"] == "Tanda bukti penandatanganan pakta integritas"
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert pdf.check_pdf_syntax() == []


def kinds(element: Any) -> list[str]:
    """The structure types of a tagged PDF, in reading order."""
    found = [str(element.S)] if "/S" in element else []
    below = element.get("/K", [])
    for child in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(child, pikepdf.Dictionary) and child.get("/Type") != "/MCR":
            found += kinds(child)
    return found


def test_tags_name_headings_pictures_and_table_heads() -> None:
    paper = typeset(SOURCES / "oath/papers/oath_record.typ", paper_facts.small_oath_record(), at=AT)
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        found = kinds(pdf.Root.StructTreeRoot)
        assert found.index("/H1") < found.index("/L") < found.index("/H2") < found.index("/Table") < found.index("/TH")
    with pikepdf.open(io.BytesIO(typeset(RECEIPT_PAPER, paper_facts.pact_receipt(), at=AT))) as pdf:
        pictures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
        assert any("halaman pemeriksaan" in str(item.get("/Alt", "")) for item in pictures)


def test_every_font_of_a_paper_is_inside_it() -> None:
    with pikepdf.open(io.BytesIO(typeset(RECEIPT_PAPER, paper_facts.pact_receipt(), at=AT))) as pdf:
        described = [item for item in pdf.objects
                     if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"]
        names = {str(item.FontName).split("+")[1] for item in described}
        assert all({"/FontFile2", "/FontFile3"} & set(item.keys()) for item in described)
    assert names >= {"TeXGyreBonum-Regular", "TeXGyreBonum-Bold", "PlusJakartaSans-Regular", "DejaVuSansMono-Bold"}


def test_attachments_come_out_as_they_went_in() -> None:
    files = [Attachment("daun.txt", "ikrar-daun/v1\nisi é\n", "text/plain", "Daun"),
             Attachment("bukti.json", '{"a":"\\n"}\n', "application/json", "Bukaan")]
    paper = typeset(RECEIPT_PAPER, paper_facts.pact_receipt(), attachments=files, standards=RECEIPT, at=AT)
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        inside = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
    assert inside == {file.name: file.text.encode() for file in files}


def test_the_picture_of_a_paper_holds_a_code_that_a_phone_reads() -> None:
    shown = Image.open(io.BytesIO(picture(RECEIPT_PAPER, paper_facts.pact_receipt(), dots_per_inch=150)))
    (code,) = zxingcpp.read_barcodes(shown.convert("L"))
    assert code.text == "https://ikrar.contoh.id/v/7QK4M2XD9TRBH6WC3NVE8YPJ5F9"


def test_the_small_code_of_a_footer_is_readable_in_print() -> None:
    shown = picture(SOURCES / "oath/papers/oath_record.typ", paper_facts.small_oath_record(), dots_per_inch=200)
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(shown)).convert("L"))
    assert code.text == f"https://ikrar.contoh.id/v/{paper_facts.CODE}"


def test_an_emblem_takes_the_place_of_the_empty_circle() -> None:
    red = io.BytesIO()
    Image.new("RGB", (400, 400), (200, 0, 0)).save(red, "PNG")
    office = paper_facts.office(emblem=emblem_drawing(red.getvalue(), mime_type="image/png"))
    shown = Image.open(io.BytesIO(picture(SPECIMEN, paper_facts.specimen(office=office)))).convert("RGB")
    corner = shown.crop((int(25 / 25.4 * 96), int(16 / 25.4 * 96), int(45 / 25.4 * 96), int(36 / 25.4 * 96)))
    assert (200, 0, 0) in [colour for _, colour in corner.getcolors(maxcolors=100000) or []]
    (page,) = pdf_text.pages(typeset(SPECIMEN, paper_facts.specimen(office=office), at=AT))
    assert "lambangkantor" not in page


@pytest.mark.parametrize(("sheet", "size"), [("a4", (210, 297)), ("f4", (215, 330))])
def test_the_sheet_is_the_offices_own(sheet: str, size: tuple[int, int]) -> None:
    paper = typeset(SPECIMEN, paper_facts.specimen(office=paper_facts.office(sheet=sheet)), at=AT)
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        assert tuple(round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox[2:]) == size


def test_spelling_covers_numbers_dates_moments_and_lengths() -> None:
    facts = {"n": 471, "people": ["a", "b"], "day": "2024-05-26", "at": "2024-05-26T01:00:00+00:00", "flag": True}
    spelled = spell(facts, zone="Asia/Makassar")
    assert spelled["number"] == {"471": {"figures": "471", "words": "empat ratus tujuh puluh satu"},
                                 "2": {"figures": "2", "words": "dua"}}
    assert spelled["date"]["2024-05-26"]["plain"] == "26 Mei 2024"
    assert spelled["moment"]["2024-05-26T01:00:00+00:00"]["full"] == "Minggu, 26 Mei 2024 pukul 09.00 WITA"


def test_a_name_that_looks_like_a_date_is_printed_as_it_is() -> None:
    (page,) = pdf_text.pages(typeset(RECEIPT_PAPER, paper_facts.pact_receipt(name="2024-13-45"), at=AT))
    assert "2024-13-45" in page


def test_a_fact_that_no_paper_can_show_is_a_programming_error() -> None:
    with pytest.raises(TypeError, match="object"):
        typeset(SPECIMEN, paper_facts.specimen(number=object()), at=AT)
    with pytest.raises(RuntimeError, match="number"):
        typeset(SPECIMEN, {key: value for key, value in paper_facts.specimen().items() if key != "number"}, at=AT)


def test_dates_may_be_given_as_dates() -> None:
    (page,) = pdf_text.pages(typeset(RECEIPT_PAPER, paper_facts.pact_receipt(identity_on=date(2024, 11, 4)), at=AT))
    assert pdf_text.squeezed("KTP dan keputusan diperiksa petugas, 4 November 2024") in page
