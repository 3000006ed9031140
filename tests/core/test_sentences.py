"""A code's sentence is written for the reader: words and days in the language of the page."""

from datetime import date

from django.utils.translation import override

from ikrar.core.http import Asked, sentence


def test_a_day_in_a_sentence_is_written_as_people_write_it() -> None:
    with override("en"):
        assert sentence(Asked.NO_SUCH_DAY, {"day": date(2026, 6, 15)}).startswith("15 June 2026 is not")
    with override("id"):
        assert "15 Juni 2026" in sentence(Asked.NO_SUCH_DAY, {"day": date(2026, 6, 15)})
