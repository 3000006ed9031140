"""Row R03: `ikrar registry import` at a prompt: the same reading, as JSON with row and column, and the exit codes."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from hostile import zip_bomb
from ikrar.core import clock
from ikrar.ledger.models import Entry
from ikrar.registry.models import Import, Membership, Person
from ikrar.registry.rules.tables import Formula
from registry.importing import NOW, book, everybody, member
from rosters import rows_of, xlsx
from world import World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.row("R03")]


@pytest.fixture
def world() -> Iterator[World]:
    with clock.travel(NOW):
        yield build_world()


def run(file: Path, *options: str, region: str = "63.10") -> tuple[int, Any]:
    """Exit code, and what was printed as JSON."""
    out, code = io.StringIO(), 0
    try:
        call_command("registry", "import", str(file), "--region", region, "--json", *options, stdout=out,
                     stderr=io.StringIO())
    except SystemExit as end:
        code = int(str(end.code))
    return code, json.loads(out.getvalue())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "daftar.xlsx"


def test_it_imports_and_records(world: World, file: Path) -> None:
    file.write_bytes(book(member(1), member(2)))
    assert run(file) == (0, {"accepted": 2, "unchanged": 0, "rejected": []})
    assert Membership.objects.count() == 2
    entry = Entry.objects.get(kind="registry.import_saved")
    assert (entry.actor, entry.role, entry.path) == ("ikrar registry import", "SYSTEM", "63.10.")


def test_again_it_changes_nothing(world: World, file: Path) -> None:
    file.write_bytes(book(*everybody()))
    assert run(file) == (0, {"accepted": 531, "unchanged": 0, "rejected": []})
    assert run(file) == (0, {"accepted": 0, "unchanged": 531, "rejected": []})
    assert Import.objects.count() == 1


def test_a_dry_run_says_the_same_and_stores_nothing(world: World, file: Path) -> None:
    file.write_bytes(book(member(1), member(2, NIK="631005")))
    dry = run(file, "--dry-run")
    assert not Person.objects.exists()
    assert not Entry.objects.filter(kind="registry.import_saved").exists()
    assert run(file) == dry
    assert (dry[0], dry[1]["accepted"], Person.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(("given", "column", "code"), [
    ({"NIK": "631005410180000"}, "C", "registry.nik_short"),
    ({"NIK": 6.31005410180000e15}, "C", "registry.nik_lost"),
    ({"TEMPAT, TGL LAHIR": "Batulicin, 31-02-1991"}, "E", "registry.date_impossible"),
    ({"TEMPAT, TGL LAHIR": "Batulicin, 17-08-1988"}, "C", "registry.nik_other_birth"),
    ({"DESA/KEL": "Manuntng"}, "H", "registry.village_near"),
    ({"DESA/KEL": "Wonorejo", "KECAMATAN": None}, "H", "registry.village_twice"),
    ({"NAMA LENGKAP": "J\u0430milah"}, "B", "registry.look_alike"),
    ({"NAMA LENGKAP": "Jamilah\u200b"}, "B", "registry.invisible"),
    ({"NAMA LENGKAP": "=HYPERLINK(1)"}, "B", "registry.formula_text"),
    ({"SK": Formula('=B12&"/2026"')}, "J", "registry.formula"),
    ({"NAMA LENGKAP": None}, "B", "registry.name_missing"),
])
def test_a_wrong_cell_is_named_by_row_and_column(world: World, file: Path, given: dict, column: str, code: str) -> None:
    file.write_bytes(book(member(2), member(1, cells=given)))
    exit_code, said = run(file, "--dry-run")
    fault, = said["rejected"]
    assert (exit_code, said["accepted"]) == (1, 1)
    assert (fault["sheet"], fault["row"], fault["column"], fault["code"]) == ("Gabungan", 6, column, code)
    assert fault["message"]


def test_two_rows_with_one_nik_name_each_other(world: World, file: Path) -> None:
    file.write_bytes(book(member(1), member(2, NIK=member(1)["NIK"], cells={"TEMPAT, TGL LAHIR": None}), member(3)))
    code, said = run(file)
    assert (code, said["accepted"]) == (1, 1)
    twins = [(fault["row"], fault["code"], fault["message"].split(".")[0][-1]) for fault in said["rejected"]]
    assert twins == [(5, "registry.nik_twice", "6"), (6, "registry.nik_twice", "5")]


def test_a_body_over_its_seats_keeps_the_first(world: World, file: Path) -> None:
    file.write_bytes(book(*(member(n) for n in range(1, 5))))
    code, said = run(file)
    assert (code, said["accepted"]) == (1, 3)
    assert [(fault["row"], fault["code"]) for fault in said["rejected"]] == [(8, "registry.body_full_range")]


@pytest.mark.parametrize(("name", "data", "code"), [
    ("daftar.xlsx", b"", "core.empty"),
    ("daftar.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "core.old_xls"),
    ("daftar.csv", b"nama,desa\n", "core.wrong_kind"),
    ("daftar.xlsx", b"PK\x03\x04" + bytes(300), "core.broken"),
    ("daftar.xlsx", zip_bomb(), "core.unpacks_too_large"),
    ("daftar.xlsx", xlsx({"Lembar1": []}), "registry.nothing_inside"),
    ("daftar.xlsx", xlsx({"Lembar1": [["Barang", "Harga"], ["Meja", 10]]}), "registry.no_roster"),
    ("daftar.xlsx", xlsx({"Lembar1": [["Nama", "Desa"], ["Siti", "Lasung"]]}), "registry.column_missing"),
])
def test_a_file_that_cannot_be_used_is_2(world: World, tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    exit_code, said = run(tmp_path / name)
    assert (exit_code, said["code"]) == (2, code)
    assert not Person.objects.exists()


def test_more_people_than_any_office_has_are_not_judged(world: World, file: Path) -> None:
    headings = ("NAMA LENGKAP", "DESA/KEL", "JABATAN")
    row = {"NAMA LENGKAP": "Siti Rahmah", "DESA/KEL": "Lasung", "JABATAN": "Anggota"}
    file.write_bytes(xlsx({"A": rows_of([row] * 5001, headings)}))
    exit_code, said = run(file)
    assert (exit_code, said["code"]) == (2, "registry.too_many_people")
    assert "5001" in said["message"]


def test_40_megabytes_are_refused_unread(world: World, file: Path) -> None:
    with file.open("wb") as out:
        out.truncate(40 << 20)
    exit_code, said = run(file)
    assert (exit_code, said["code"]) == (2, "core.sheet_too_large")
    assert "40 MB" in said["message"]


def test_a_mapping_file_says_which_column_is_which(world: World, file: Path, tmp_path: Path) -> None:
    file.write_bytes(xlsx({"Data": [["a", "b", "c"], ["Siti Rahmah", "Lasung", "Ketua"]]}))
    mapping = tmp_path / "susunan.json"
    mapping.write_text(json.dumps({"sheet": "Data", "header_row": 1,
                                   "columns": {"A": "name", "B": "village", "C": "position"}}))
    assert run(file, "--mapping", str(mapping)) == (0, {"accepted": 1, "unchanged": 0, "rejected": []})
    assert Membership.objects.get().body.code == "63.10.05.2001"


@pytest.mark.parametrize(("text", "code"), [
    ("{", "mapping_unreadable"), ("[1]", "mapping_unreadable"), ('{"sheet": "X"}', "mapping_unreadable"),
    ('{"sheet": "X", "header_row": 1, "columns": {"A": "name"}}', "sheet_missing"),
    ('{"sheet": "Gabungan", "header_row": 4, "columns": {"B": "name"}}', "column_missing"),
])
def test_a_wrong_mapping_is_refused(world: World, file: Path, tmp_path: Path, text: str, code: str) -> None:
    file.write_bytes(book(member(1)))
    (tmp_path / "m.json").write_text(text)
    exit_code, said = run(file, "--mapping", str(tmp_path / "m.json"))
    assert (exit_code, said["code"]) == (2, f"registry.{code}")


@pytest.mark.parametrize(("region", "code"), [("63.09", "no_office"), ("63.10.05", "no_office"), ("", "no_office"),
                                              ("75.71", "no_election")])
def test_an_office_that_keeps_no_roster_here(world: World, file: Path, region: str, code: str) -> None:
    file.write_bytes(book(member(1)))
    exit_code, said = run(file, region=region)
    assert (exit_code, said["code"]) == (2, f"registry.{code}")


def test_plain_text_names_the_cell(world: World, file: Path) -> None:
    file.write_bytes(book(member(1, NIK="631005")))
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("registry", "import", str(file), "--region", "63.10", stdout=out, stderr=io.StringIO())
    assert "Gabungan C5  " in out.getvalue()
