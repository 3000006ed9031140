"""`ikrar init` makes a whole installation or none: keys, policy, database, office, and one link; no passwords."""

import json
import stat
from argparse import Namespace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ikrar.core import clock
from ikrar.core.db.roles import APP, BACKUP, OWNER
from ikrar.web.run.database import Addresses, Unfit, check_shape, local_addresses, roles_sql
from ikrar.web.run.installation import State, empty_home, find_state, prepare_home
from ikrar.web.run.plan import make_plan
from ikrar_proof.policy import parse_policy

from .prompt import ikrar, words


@pytest.mark.slow
@pytest.mark.row("X01")
def test_an_office_an_administrator_and_nothing_else(tmp_path: Path, empty_database: dict[str, str]) -> None:
    home = tmp_path / "pemasangan"
    done = ikrar(
        *("init", "--region", "63.10", "--yes", "--json", "--url", "https://ikrar.contoh.go.id"),
        *words(empty_database),
        home=home,
    )
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert made["office"] == "KPU Kabupaten Tanah Bumbu"
    assert made["origin"].startswith("ikrar.contoh.go.id/20")
    assert made["link"].startswith("https://ikrar.contoh.go.id/masuk/#")
    assert made["backup_key"].startswith("AGE-SECRET-KEY-1")
    _closed_to_others(home)
    _trusted(home, made["origin"])
    with psycopg.connect(empty_database["--backup-url"]) as raw:
        assert raw.execute("SELECT username, password FROM access_account").fetchall() == [("administrator", "")]
        assert raw.execute("SELECT role, path FROM access_grant").fetchall() == [("ADMIN", "63.10.")]
        assert raw.execute("SELECT count(*) FROM regions_region WHERE path ^@ '63.10.' AND level = 4").fetchone() == (
            157,
        )
    again = ikrar("init", "--region", "63.10", "--yes", home=home)
    assert (again.returncode, again.stdout) == (1, "")
    more = ikrar("init", "--region", "75.71", "--yes", "--admin", "Yusran Nantu", "--json", home=home)
    assert json.loads(more.stdout)["office"] == "KPU Kota Gorontalo"


def _closed_to_others(home: Path) -> None:
    secret = [home, home / "ikrar.env", *home.glob("keys/*"), home / "keys", home / "log", home / "files"]
    assert {file.name for file in (home / "keys").iterdir()} == {
        "secret",
        "log",
        "log.state",
        "seal.key",
        "seal.pem",
        "backup.recipients",
    }
    assert [file for file in secret if stat.S_IMODE(file.stat().st_mode) & 0o077] == []


def _trusted(home: Path, origin: str) -> None:
    policy = parse_policy((home / "policy.txt").read_bytes())
    assert [key.name for key in policy.logs] == [origin]
    assert len(policy.seals) == 1
    offered = home.parent / "user" / ".config" / "ikrar" / "policy.txt"
    assert offered.read_bytes() == (home / "policy.txt").read_bytes()


@pytest.mark.slow
def test_what_fails_halfway_leaves_nothing(tmp_path: Path, empty_database: dict[str, str]) -> None:
    home = tmp_path / "pemasangan"
    wrong_name = ("--admin", "Evil\u202eName")
    done = ikrar("init", "--region", "63.10", "--yes", *wrong_name, *words(empty_database), home=home)
    assert done.returncode == 1
    assert "dihapus lagi" in done.stderr
    assert not home.exists()


def test_a_database_with_tables_is_left_alone(tmp_path: Path, empty_database: dict[str, str]) -> None:
    with psycopg.connect(empty_database["--owner-url"]) as raw:
        raw.execute("CREATE TABLE kept (id int)")
    done = ikrar("init", "--region", "63.10", "--yes", *words(empty_database), home=tmp_path / "baru")
    assert done.returncode == 1
    assert "sudah berisi 1 tabel milik program lain. Tidak ada yang diubah." in done.stderr
    assert not (tmp_path / "baru").exists()


def test_missing_roles_come_with_the_sql_that_makes_them(tmp_path: Path) -> None:
    url = f"postgresql://{{}}:sandi@/ikrar?host={tmp_path}/no-server"
    given = {"--database-url": APP, "--owner-url": OWNER, "--backup-url": BACKUP}
    given = {option: url.format(role) for option, role in given.items()}
    done = ikrar("init", "--region", "63.10", "--yes", *words(given), home=tmp_path / "baru")
    assert done.returncode == 1
    assert "CREATE ROLE ikrar_owner LOGIN PASSWORD 'sandi';" in done.stderr
    assert "CREATE ROLE ikrar_backup LOGIN BYPASSRLS PASSWORD 'sandi';" in done.stderr
    assert "CREATE DATABASE \"ikrar\" OWNER ikrar_owner TEMPLATE template0 ENCODING 'UTF8';" in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--region", "63.99"], "Tidak ada provinsi, kabupaten, atau kota dengan kode 63.99."),
        (["--region", "63.10.05"], "Tidak ada provinsi, kabupaten, atau kota dengan kode 63.10.05."),
        ([], "Sebutkan wilayah kantor dengan --region"),
        (["--region", "63.10", "--url", "ikrar.go.id"], "tidak dapat dipakai. Tulis seperti https://"),
        (["--region", "63.10", "--origin", "dua kata"], "Nama buku log 'dua kata' tidak dapat dipakai."),
        (["--region", "63.10", "--database-url", "postgresql://ikrar_app@/x"], "Beri ketiga alamat"),
    ],
)
def test_unusable_options_are_told_and_make_nothing(tmp_path: Path, options: list[str], said: str) -> None:
    done = ikrar("init", "--yes", *options, home=tmp_path / "baru")
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "baru").exists()


def test_half_made_and_strange_folders_are_refused_with_what_to_do(tmp_path: Path) -> None:
    half, used, strange = tmp_path / "half", tmp_path / "used", tmp_path / "strange"
    for folder in (half / "keys", used / "keys", used / "log", strange):
        folder.mkdir(parents=True)
    (used / "log" / "checkpoint").touch()
    (strange / "surat.txt").touch()
    said = {home.name: ikrar("init", "--region", "63.10", "--yes", home=home) for home in (half, used, strange)}
    assert {done.returncode for done in said.values()} == {1}
    assert f"rm -r {half}" in said["half"].stderr
    assert "Jangan hapus folder itu." in said["used"].stderr
    assert "bukan pemasangan Ikrar" in said["strange"].stderr


def test_hidden_files_of_a_home_are_no_hindrance_and_stay(tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    (home / ".config").mkdir(parents=True)
    assert find_state(home) is State.EMPTY
    prepare_home(home)
    assert find_state(home) is State.HALF_MADE
    empty_home(home, keep_folder=True)
    assert [entry.name for entry in home.iterdir()] == [".config"]


def test_questions_are_asked_until_the_database_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answers = iter(["63.10", "y", "", "", "Siti Rahma", "2", "kpu", "", ""])
    tries: list[Addresses] = []

    def check(addresses: Addresses) -> None:
        tries.append(addresses)
        if len(tries) == 1:
            raise Unfit("belum")

    monkeypatch.setattr("ikrar.web.run.plan.check_empty_database", check)
    names = ("region", "url", "origin", "admin", "database_url", "owner_url", "backup_url")
    made = make_plan(Namespace(**dict.fromkeys(names)), tmp_path, ask=lambda _: next(answers))
    assert (made.region, made.office, made.admin) == ("63.10", "Kabupaten Tanah Bumbu", "Siti Rahma")
    assert made.url == "http://localhost:8000"
    assert made.origin.endswith(f".invalid/{clock.now().year}")
    assert made.addresses == tries[0] == tries[1]
    assert made.addresses.owner.endswith("@127.0.0.1/kpu")


def test_the_sql_names_what_the_addresses_name() -> None:
    addresses = local_addresses({OWNER: "a", APP: "b'c", BACKUP: "d"}, "kpu")
    assert "PASSWORD 'b''c'" in roles_sql(addresses)
    assert 'CREATE DATABASE "kpu"' in roles_sql(addresses)


@pytest.mark.parametrize(
    "given",
    [
        {"app": "postgresql://postgres@/ikrar"},
        {"owner": "mysql://ikrar_owner@/ikrar"},
        {"backup": "postgresql://ikrar_backup@/other"},
    ],
)
def test_addresses_of_other_roles_or_databases_are_refused(given: dict[str, Any]) -> None:
    right = {
        "app": "postgresql://ikrar_app@/ikrar",
        "owner": "postgresql://ikrar_owner@/ikrar",
        "backup": "postgresql://ikrar_backup@/ikrar",
    }
    with pytest.raises(Unfit):
        check_shape(Addresses(**(right | given)))
