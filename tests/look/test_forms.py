"""Fields are drawn with their label, hint and error, tied together for screen readers."""

import re
from datetime import date

import pytest
from django.utils.translation import override

from look.forms import EverythingForm, LinkForm, MemberForm

FILLED = {
    "name": "Suprapti",
    "body": "1",
    "position": "MEMBER",
    "decree": "318 Tahun 2024",
    "decreed_on": "2024-11-08",
    "starts_on": "2024-11-08",
    "way": "list",
}


@pytest.fixture(autouse=True)
def _english() -> object:
    with override("en"):
        yield


def test_draws_groups_in_their_order() -> None:
    html = str(MemberForm(initial=FILLED))
    assert [*re.findall(r"<legend class=\"ik-group-head\"><span>(.*?)</span>", html)] == [
        "Yang wajib",
        "Pengangkatan",
        "Boleh menyusul",
    ]
    assert 'value="2024-11-08"' in html
    assert "ik-summary" not in html


def test_one_error_stands_below_its_field_and_is_named_by_it() -> None:
    html = str(MemberForm({**FILLED, "nik": "63100512"}))
    assert 'aria-describedby="id_nik_error"' in html
    assert re.search(r'id="id_nik_error">.*NIK harus 16 angka\. Baru 8 angka\.', html, re.DOTALL)
    assert 'value="63100512"' in html
    assert "ik-summary" not in html


def test_several_errors_are_listed_on_top_with_links() -> None:
    html = str(MemberForm({**FILLED, "nik": "1", "decree": ""}))
    assert re.search(r'role="alert">\s*<h2>\s*2 things need fixing\. Nothing was stored yet\.', html)
    assert '<a href="#id_decree">Nomor keputusan: This field is required.</a>' in html


def test_short_choices_stand_side_by_side_and_long_ones_under_each_other() -> None:
    assert str(MemberForm()["position"]).startswith('<div class="ik-choice">')
    assert str(EverythingForm()["answer"]).startswith('<div class="ik-answers">')


def test_chosen_option_stays_chosen() -> None:
    html = str(MemberForm(FILLED)["position"])
    assert re.search(r'value="MEMBER"[^>]* checked', html)
    assert not re.search(r'value="CHAIR"[^>]* checked', html)


def test_date_in_three_parts() -> None:
    form = LinkForm({"born_on_day": "17", "born_on_month": "8", "born_on_year": "1996", "nik_end": "0012"})
    assert form.is_valid()
    assert form.cleaned_data["born_on"] == date(1996, 8, 17)


@pytest.mark.parametrize(
    ("day", "said"), [("31", "not in the calendar"), ("", "Write day, month and year"), ("x", "not in the calendar")]
)
def test_date_that_does_not_exist_says_how_to_write_it(day: str, said: str) -> None:
    form = LinkForm({"born_on_day": day, "born_on_month": "2", "born_on_year": "1996", "nik_end": "0012"})
    assert said in " ".join(form.errors["born_on"])
    assert 'value="1996"' in str(form["born_on"])


def test_six_digits_are_one_real_input() -> None:
    html = str(EverythingForm()["code"])
    assert html.count("<input") == 1
    assert 'autocomplete="one-time-code"' in html


def test_password_is_never_sent_back() -> None:
    assert "rahasia" not in str(EverythingForm({"password": "rahasia"}))
