"""The pages of the norms through the real door: everybody may read them, nothing is kept, no script is needed."""

import html
import re
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from ikrar.norms import law

pytestmark = [pytest.mark.django_db, pytest.mark.row("N03")]
LIBRARY = law.library(date(2026, 11, 24))


def read(address: str, **query: str) -> str:
    """The page's text with tags removed and spaces folded."""
    return words(get(address, **query))


def get(address: str, **query: str) -> HttpResponse:
    answer = Client().get(address, query)
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 200, address
    return answer


def words(answer: HttpResponse) -> str:
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert main
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


def found(answer: HttpResponse) -> list[str]:
    """The ids of the norms listed in the middle column, in order."""
    middle = answer.content.decode().split('<aside class="ik-aside">')[0]
    return re.findall(r'class="ik-row-title ik-cover" href="/norma/([A-Z]+\.[^/]+)/', middle)


def test_a_villagers_question_finds_its_norm_with_source_and_mark() -> None:
    answer = get("/norma/", cari="foto bersama calon")
    assert found(answer)[0] == "KE.8.l"
    text = words(answer)
    assert "Bolehkah saya? 3 norma tentang foto bersama calon" in text
    assert "Peraturan DKPP 2/2017, Pasal 8 huruf l Bunyi sudah diperiksa" in text
    assert "<mark>pertemuan</mark>" in answer.content.decode()


def test_no_cookie_no_script_of_its_own_no_inline_style() -> None:
    for address in ("/norma/", "/norma/KE.8.l/", "/norma/kelompok/netral/"):
        answer = get(address)
        page = answer.content.decode()
        assert not answer.cookies
        assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/dist/public.js" defer>']
        assert "style=" not in page
        assert " on" not in re.sub(r">[^<]*<", "><", page).lower()


def test_the_first_page_counts_what_it_holds() -> None:
    text = read("/norma/")
    assert "97 norma dalam kata sehari-hari" in text
    for group in LIBRARY.groups.values():
        assert f"{group.name.id} {group.sub.id} {len(LIBRARY.in_group(group.slug))}" in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_often_asked_question_has_an_answer(language: str) -> None:
    for asked in LIBRARY.often_searched:
        assert found(get("/norma/", cari=asked.say(language), bahasa=language))
    assert len(found(get("/norma/", bahasa=language))) == len(LIBRARY.often_searched)


def test_nothing_fits_then_three_are_near_and_somebody_is_to_be_asked() -> None:
    answer = get("/norma/", cari="resep rendang pedas")
    assert len(found(answer)) == 3
    text = words(answer)
    assert "Belum ada norma yang cocok dengan “resep rendang pedas”" in text
    assert "Tiga yang terdekat" in text
    assert "Tanyakan kepada pejabat hukum kantor KPU Anda sebelum berbuat" in text


def test_a_mistyped_word_is_said() -> None:
    assert "“parsle” dibaca sebagai “parsel”." in read("/norma/", cari="parsle")


@pytest.mark.parametrize("asked", ["", "   ", "boleh saya", "?!"])
def test_a_question_that_says_nothing_gets_help(asked: str) -> None:
    text = read("/norma/", cari=asked)
    assert "97 norma" in text
    assert "Yang sering ditanyakan" in text or "Tulis pokok urusannya" in text


@pytest.mark.parametrize(
    "asked", ["<script>alert(1)</script>", "x" * 5_000, "\x01kaus\x01", "' OR 1=1 --", "%%(n)s {asked}"]
)
def test_hostile_questions_are_only_text(asked: str) -> None:
    page = get("/norma/", cari=asked).content.decode()
    assert "<script>alert" not in page
    assert len(page) < 60_000


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_norm_can_be_read_by_anyone(language: str) -> None:
    for entry in LIBRARY.entries.values():
        text = read(f"/norma/{entry.id}/", bahasa=language)
        assert entry.norm.wording.say(language) in text
        assert all(each.say(language) in text for each in (*entry.guide.dont, *entry.guide.do))
        assert "{nama_pemilihan}" not in text
        assert entry.is_pact or entry.norm.cites[0].article.say(language) in text


def test_every_norm_stands_in_its_matter() -> None:
    listed = [id for slug in LIBRARY.groups for id in found(get(f"/norma/kelompok/{slug}/"))]
    assert sorted(listed) == sorted(LIBRARY.entries)


@pytest.mark.parametrize("address", ["/norma/KE.99.z/", "/norma/ke.8.l/", "/norma/kelompok/lain/", "/norma/../etc/"])
def test_what_does_not_exist_answers_404(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_checked_norm_shows_its_letter_and_day() -> None:
    text = read("/norma/KE.8.l/")
    assert "Peraturan DKPP 2/2017, Pasal 8 huruf l. Diperiksa 24 November 2026." in text
    assert "Saran, bukan aturan." in text


@pytest.mark.row("N01")
def test_a_recalled_norm_shows_the_article_only_and_its_mark() -> None:
    text = read("/norma/KE.19.a/")
    assert "Peraturan DKPP 2/2017, Pasal 19." in text
    assert "Dasar hukum belum dipastikan" in text
    assert "huruf a" not in text
    assert "Diperiksa" not in text


@pytest.mark.row("N01")
def test_later_changes_of_the_source_are_said() -> None:
    assert "Diubah dengan Peraturan KPU 3/2020, 21/2020, 4/2021, 5/2022, dan 12/2023." in read("/norma/KP.KOR.4/")


def test_a_pact_norm_shows_its_number_per_body() -> None:
    assert "poin 3 PPK, poin 3 PPS. " in read("/norma/PI.03/")
    assert "poin 6 PPK, poin 5 PPS. " in read("/norma/PI.06/")
    assert "poin 5 PPK. " in read("/norma/PI.05/")
    assert "poin 12 PPK, poin 11 PPS (nomor belum dipastikan)" in read("/norma/PI.12/")
    assert "Redaksi naskah belum dipastikan" in read("/norma/PI.03/")
    assert "poin 3 PPK, poin 3 PPS" in read("/norma/KE.8.l/")


def test_past_cases_name_nobody_and_no_place() -> None:
    text = read("/norma/KE.8.l/")
    assert "Sebuah kabupaten, 2024, PPS dan sekretariatnya Diberhentikan dengan tidak hormat" in text
    assert "2 perkara, tanpa nama" in text
    everything = "".join(read(f"/norma/{id}/") for id in LIBRARY.entries)
    places = ("Pandeglang", "Makassar", "Garut", "Banyumas", "Sampang", "Deli Serdang", "Pamekasan", "Jakarta")
    assert [place for place in places if place in everything] == []


def test_one_tries_oneself_and_is_told_why() -> None:
    assert "Tepat. Pertemuan yang memberi kesan" in read("/norma/KE.8.l/", soal="Q05", jawab="A")
    wrong = read("/norma/KE.8.l/", soal="Q05", jawab="B")
    assert "Hadir sebentar agar sopan (jawaban Anda)" in wrong
    assert "Belum tepat. Pertemuan yang memberi kesan" in wrong
    assert "Jawab lagi" in wrong


@pytest.mark.parametrize(("soal", "jawab"), [("Q05", "Z"), ("Q05", ""), ("Q01", "A"), ("", "A")])
def test_an_answer_that_does_not_fit_asks_again(soal: str, jawab: str) -> None:
    text = read("/norma/KE.8.l/", soal=soal, jawab=jawab)
    assert "Tepat." not in text
    assert "Hadir sebentar agar sopan" in text


def test_english_stays_english() -> None:
    page = get("/norma/KE.8.l/", bahasa="en").content.decode()
    links = set(re.findall(r'href="(/norma/[^"]*)"', page)) - {"/norma/KE.8.l/"}
    assert links
    assert [link for link in links if "bahasa=en" not in link] == []
    assert 'name="bahasa" value="en"' in page
    assert "Avoid meetings that look partisan" in page


def test_only_reading_is_possible() -> None:
    for address in ("/norma/", "/norma/KE.8.l/"):
        assert Client().post(address, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 405
