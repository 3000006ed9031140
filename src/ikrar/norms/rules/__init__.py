"""The norms in types, and the search as a pure function. No Django, no clock, no files."""

from ikrar.norms.rules.norm import (
    Cite,
    Entry,
    Group,
    Guide,
    Layer,
    Library,
    Norm,
    PactPoint,
    PastCase,
    Place,
    Principle,
    Question,
)
from ikrar.norms.rules.search import Found, Index, Piece, Thesaurus

__all__ = [
    "Cite",
    "Entry",
    "Found",
    "Group",
    "Guide",
    "Index",
    "Layer",
    "Library",
    "Norm",
    "PactPoint",
    "PastCase",
    "Piece",
    "Place",
    "Principle",
    "Question",
    "Thesaurus",
]
