"""Places of Tanah Bumbu as sheets write them: without spaces, with prefixes, shortened, misspelt, twice."""

import pytest

from ikrar.registry.rules.kinds import BodyKind
from ikrar.registry.rules.places import edit_distance, gazetteer, nearest
from ikrar.registry.rules.problems import Trouble
from rosters import here, places


def told(found):
    return (found.code.name, dict(found.data)) if isinstance(found, Trouble) else found


def test_it_works():
    found = here().find_village("Manuntung", "Kusan Hulu")
    assert (found.code, found.label, found.seats) == ("63.10.05.2002", "PPS Manuntung", 3)


def test_the_regency_is_whole():
    kinds = [place.kind for place in places()]
    assert (kinds.count(BodyKind.PPK), kinds.count(BodyKind.PPS)) == (12, 157)


@pytest.mark.parametrize(("text", "then"), [
    ("Batulicin", "Batu Licin"), ("KEC. BATU LICIN", "Batu Licin"), ("kusan  hulu", "Kusan Hulu"),
    ("Kecamatan Satui", "Satui"), ("63.10.05", "Kusan Hulu"), ("631005", "Kusan Hulu"),
    ("Kusan Hulo", ("KECAMATAN_NEAR", {"suggestion": "Kusan Hulu"})),
    ("Kusan", ("KECAMATAN_UNKNOWN", {})), ("Jakarta", ("KECAMATAN_UNKNOWN", {})),
])
def test_kecamatan(text, then):
    assert told(here().find_kecamatan(text)) == then


@pytest.mark.parametrize(("text", "kecamatan", "code"), [
    ("SATUI TIMUR", "Satui", "63.10.04.2004"), ("Desa Jombang", "Satui", "63.10.04.2006"),
    ("Sungai Danau", "Satui", "63.10.04.2010"), ("Sei Danau", "Satui", "63.10.04.2010"),
    ("Kel. Kota Pagatan", "Kusan Hilir", "63.10.02.1001"), ("Hatiif", "Teluk Kepayang", "63.10.12.2007"),
    ("API API", "Kusan Tengah", "63.10.11.2006"), ("Wonorejo", "Satui", "63.10.04.2011"),
    ("Manuntung", "", "63.10.05.2002"), ("6310052002", "", "63.10.05.2002"),
    ("63.10.05.2002", "Kusan Hulu", "63.10.05.2002"),
])
def test_villages(text, kecamatan, code):
    assert here().find_village(text, kecamatan).code == code


@pytest.mark.parametrize(("text", "kecamatan", "then"), [
    ("Manuntng", "Kusan Hulu", ("VILLAGE_NEAR", {"kecamatan": "Kusan Hulu", "suggestion": "Manuntung"})),
    ("Manutnung", "Kusan Hulu", ("VILLAGE_NEAR", {"kecamatan": "Kusan Hulu", "suggestion": "Manuntung"})),
    ("Lasung", "Satui", ("VILLAGE_ELSEWHERE", {"kecamatan": "Satui", "elsewhere": "Kusan Hulu"})),
    ("Atlantis", "Satui", ("VILLAGE_UNKNOWN", {"kecamatan": "Satui"})),
    ("Wonorejo", "", ("VILLAGE_TWICE", {"village": "Wonorejo", "kecamatan": "Satui, Kusan Hulu"})),
    ("Mekar Jaya", "", ("VILLAGE_TWICE", {"village": "Mekar Jaya", "kecamatan": "Angsana, Kusan Tengah"})),
    ("Mnauntung", "", ("VILLAGE_NEAR_HERE", {"suggestion": "Manuntung"})),
    ("Atlantis", "", ("VILLAGE_UNKNOWN_HERE", {})),
])
def test_villages_that_are_not_there(text, kecamatan, then):
    assert told(here().find_village(text, kecamatan)) == then


def test_roman_numerals_of_gorontalo():
    city = gazetteer([_pps("Dembe I"), _pps("Dembe II"), _pps("Limba U I")])
    assert city.find_village("DEMBE 2", "").name == "Dembe II"
    assert city.find_village("Limba U 1", "").name == "Limba U I"


def _pps(name):
    return type(places()[-1])(name, BodyKind.PPS, "75.71.01.1001", name, "Kota Barat", 3)


def test_an_election_without_ppk_says_so():
    only_villages = gazetteer([place for place in places() if place.kind is BodyKind.PPS])
    assert only_villages.find_kecamatan("Satui") == "Satui"
    assert told(only_villages.find_ppk("Satui")) == ("BODY_NOT_FORMED", {"body": "PPK Satui"})


def test_two_equally_near_names_suggest_none():
    assert nearest("Karang Mula", ["Karang Mulya", "Karang Mulia"]) == ""
    assert nearest("Makmu", ["Makmur"]) == "Makmur"
    assert nearest("Mak", ["Maka"]) == ""


@pytest.mark.parametrize(("left", "right", "distance"), [
    ("manuntng", "manuntung", 1), ("abcd", "abdc", 1), ("abcd", "abcd", 0), ("abcd", "wxyz", 3), ("a", "abcdef", 3),
])
def test_edit_distance(left, right, distance):
    assert edit_distance(left, right, 2) == distance
