"""Dated law: which version answers on which day, and which files are refused."""

from datetime import date
from pathlib import Path

import pytest

from ikrar.core.dated import Conf, LawFileError, Shelf, Span, check_lock, read_file

HEAD = 'version: "{id}"\nin_force: {{from: {first}, until: {until}}}\nsource: UU7-2017\nconf: V\nmembers: {members}\n'


def write(folder: Path, id: str, *, first: str = "null", until: str = "null", members: int = 5) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{id}.yaml"
    path.write_text(HEAD.format(id=id, first=first, until=until, members=members), "utf-8")
    return path


def test_the_version_of_the_day_answers(tmp_path: Path) -> None:
    write(tmp_path, "old", until="2018-07-23", members=3)
    write(tmp_path, "new", first="2018-07-23")
    shelf = Shelf(tmp_path)
    before, after = shelf.version_on(date(2018, 7, 22)), shelf.version_on(date(2018, 7, 23))
    assert before is not None
    assert before.content["members"] == 3
    assert after is not None
    assert (after.id, after.content["members"], after.sources, after.conf) == ("new", 5, ("UU7-2017",), Conf.VERIFIED)


def test_a_later_decree_supersedes_one_that_names_no_end(tmp_path: Path) -> None:
    write(tmp_path, "b-first")
    write(tmp_path, "a-second", first="2025-01-01")
    shelf = Shelf(tmp_path)
    found = [shelf.version_on(day) for day in (date(2024, 12, 31), date(2025, 1, 1))]
    assert [version.id for version in found if version] == ["b-first", "a-second"]
    assert shelf.get_version("b-first").in_force == Span(None, None)


def test_no_version_covers_the_day(tmp_path: Path) -> None:
    write(tmp_path, "new", first="2018-07-23")
    assert Shelf(tmp_path).version_on(date(2000, 1, 1)) is None


def test_an_installation_adds_a_version_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "registry" / "data" / "bodies"
    write(shipped, "2024.1")
    write(tmp_path / "own" / "registry" / "bodies", "2027-own", first="2027-01-01", members=7)
    monkeypatch.setenv("IKRAR_LAW_DIR", str(tmp_path / "own"))
    found = Shelf(shipped).version_on(date(2027, 6, 1))
    assert found is not None
    assert (found.content["members"], found.is_shipped) == (7, False)


def test_a_shipped_version_is_never_replaced(tmp_path: Path) -> None:
    write(tmp_path / "room" / "bodies", "2024.1")
    write(tmp_path / "own", "2024.1", members=9)
    with pytest.raises(LawFileError, match=r"2024\.1: shipped with Ikrar, cannot be replaced"):
        Shelf(tmp_path / "room" / "bodies", added=tmp_path / "own").version_on(date(2024, 1, 1))


def test_two_versions_may_not_begin_on_one_day(tmp_path: Path) -> None:
    write(tmp_path, "a")
    write(tmp_path, "b")
    with pytest.raises(LawFileError, match="a and b begin on the same day"):
        Shelf(tmp_path).get_version("a")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("in_force: {from: null, until: null}\nsource: X\nconf: V\n", "'version' is missing"),
        ('version: "other"\nin_force: {from: null, until: null}\nsource: X\nconf: V\n', "its name says 'law'"),
        ("version: law\nin_force: {from: null, until: null}\nsource: X\nconf: Z\n", "'Z' is not a valid Conf"),
        ("version: law\nin_force: {from: soon, until: null}\nsource: X\nconf: V\n", "needs days like"),
        ("version: law\nin_force: {from: 2024-02-01, until: 2024-01-01}\nsource: X\nconf: V\n", "before it begins"),
        (
            "version: law\nversion: law\nin_force: {from: null, until: null}\nsource: X\nconf: V\n",
            "stands twice, line 1",
        ),
        ("- a list\n", "law.yaml"),
        ("a: [\n", "law.yaml"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "law.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(LawFileError, match=complaint):
        read_file(path)


def test_the_lock_notices_a_changed_a_new_and_a_lost_file(tmp_path: Path) -> None:
    kept = write(tmp_path / "bodies", "2024.1")
    (tmp_path / "LOCK").write_text(f"{'0' * 64}  bodies/2024.1.yaml\n{'1' * 64}  bodies/2018.1.yaml\n", "utf-8")
    write(tmp_path / "bodies", "2030.1", first="2030-01-01")
    changed, new, lost = check_lock(tmp_path)
    assert changed == "bodies/2024.1.yaml was changed after it was published"
    assert new.startswith("bodies/2030.1.yaml is not in")
    assert lost.startswith("bodies/2018.1.yaml is in")
    assert kept.exists()


def test_a_lock_made_by_sha256sum_holds(tmp_path: Path) -> None:
    (tmp_path / "bodies").mkdir()
    (tmp_path / "bodies" / "1.yaml").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    (tmp_path / "LOCK").write_text(f"{digest}  bodies/1.yaml\n", "utf-8")
    assert check_lock(tmp_path) == []
