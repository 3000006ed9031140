"""Every problem of the roster says, in both languages, what is wrong and how to mend it."""

import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from ikrar.registry.rules.problems import Problem

PO = Path(__file__).parents[2] / "src/ikrar/locale/registry/id/LC_MESSAGES/django.po"
with PO.open("rb") as file:
    INDONESIAN = {message.id: message.string for message in read_po(file, locale="id")}


def marks(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("problem", Problem, ids=lambda problem: problem.name)
def test_two_lines_in_both_languages(problem):
    indonesian = INDONESIAN[problem.sentence]
    for sentence in (problem.sentence, indonesian):
        what, mend = sentence.split("\n")
        assert what.endswith(".")
        assert mend.endswith((".", "?"))
        assert "!" not in sentence
    assert marks(indonesian) == marks(problem.sentence)
    assert problem.key == f"registry.{problem.name.lower()}"
