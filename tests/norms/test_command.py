"""`ikrar norms show`: an operator looks a norm up at a prompt."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.row("N01")


def test_a_norm_is_shown_with_source_and_mark() -> None:
    out = StringIO()
    call_command("norms", "show", "KE.8.l", "--as-of", "2024-11-27", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "KE.8.l"
    assert lines[3:] == ["Peraturan DKPP 2/2017, Pasal 8 huruf l", "Bunyi sudah diperiksa (V)", "versi 2024.1"]


def test_a_recalled_norm_says_so() -> None:
    out = StringIO()
    call_command("norms", "show", "KE.19.a", stdout=out)
    assert "Dasar hukum belum dipastikan (R)" in out.getvalue()
    assert "huruf" not in out.getvalue()


def test_an_unknown_norm_is_refused() -> None:
    with pytest.raises(CommandError, match=r"There is no norm KE\.99 in force on 2024-11-27"):
        call_command("norms", "show", "KE.99", "--as-of", "2024-11-27")
