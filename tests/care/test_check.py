"""`ikrar check` finds each thing that is wrong, and says how to mend it."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ikrar.core import sandbox
from ikrar.core.db.embedded import SUPERUSER, Embedded
from ikrar.core.links import may_send_links
from ikrar.web.checks import place
from ikrar.web.checks.database import check_guards, check_migrations, check_roles
from ikrar.web.checks.rules import (
    GIGABYTE,
    Finding,
    Said,
    State,
    bad,
    for_service,
    judge_backup,
    judge_clock,
    judge_disk,
    ok,
    warn,
)
from ikrar.web.keys import create_keys
from ikrar.web.run.installation import prepare_home

from .conftest import Filled
from .prompt import ikrar

# Tables with a place that hold no row about one person: offices and their papers, ceremonies, texts, acts, accounts.
OPEN = {
    "access_grant",
    "access_memberaccess",
    "documents_paper",
    "documents_signatory",
    "ledger_accessrecord",
    "ledger_entry",
    "ledger_publiccode",
    "oath_ceremony",
    "regions_office",
    "regions_region",
    "registry_body",
    "registry_election",
    "registry_import",
    "registry_mappingmemory",
    "texts_textversion",
}
Raw = psycopg.Connection[Any]


def said(findings: list[Finding]) -> list[tuple[Said, State]]:
    return [(found.said, found.state) for found in findings]


@pytest.fixture
def raw(server: Embedded, database: str) -> Iterator[Raw]:
    """The run's database in the hands of its superuser; whatever is done is rolled back."""
    with psycopg.connect(server.url(SUPERUSER, database)) as connection:
        yield connection
        connection.rollback()


def test_a_sound_database(raw: Raw) -> None:
    assert list(check_roles(raw)) == []
    assert said(list(check_migrations(raw))) == [(Said.MIGRATIONS_OK, State.OK)]
    assert said(check_guards(raw)) == [(Said.GUARDS_OK, State.OK)]


def test_every_table_about_a_person_is_guarded(raw: Raw) -> None:
    """A new table with a place is guarded, or stands in the list above by a person's decision."""
    rows = raw.execute(
        "SELECT c.relname, c.relforcerowsecurity FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname = 'path'"
    ).fetchall()
    assert {name for name, forced in rows if not forced} - OPEN == set()
    assert {name for name, forced in rows if forced} & OPEN == set()
    assert OPEN - {name for name, _ in rows} == set()


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        ("ALTER TABLE registry_person NO FORCE ROW LEVEL SECURITY", Said.NOT_GUARDED),
        ("ALTER TABLE ledger_opening DISABLE ROW LEVEL SECURITY", Said.NOT_GUARDED),
        ("DROP POLICY scope ON registry_membership", Said.NOT_GUARDED),
        ("CREATE POLICY all_of_it ON registry_person USING (true)", Said.POLICY_EXTRA),
        ("ALTER TABLE ledger_entry DISABLE TRIGGER append_only", Said.TRIGGER_GONE),
        ("DROP TRIGGER keep_printed ON documents_paper", Said.TRIGGER_GONE),
        ("GRANT UPDATE ON ledger_entry TO ikrar_app", Said.GRANT_WIDE),
    ],
)
def test_a_guard_that_is_gone_is_named(raw: Raw, harm: str, expected: Said) -> None:
    raw.execute(harm)
    found = check_guards(raw)
    assert said(found) == [(expected, State.BAD)]
    assert found[0].data["table"] in harm


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        ("ALTER ROLE ikrar_app BYPASSRLS", Said.ROLE_TOO_WIDE),
        ("ALTER ROLE ikrar_app SUPERUSER", Said.ROLE_TOO_WIDE),
        ("GRANT ikrar_owner TO ikrar_app", Said.ROLE_TOO_WIDE),
        ("ALTER ROLE ikrar_owner CREATEROLE", Said.ROLE_TOO_WIDE),
        ("ALTER ROLE ikrar_backup NOBYPASSRLS", Said.ROLE_TOO_NARROW),
    ],
)
def test_a_role_with_other_rights_is_named_with_its_remedy(raw: Raw, harm: str, expected: Said) -> None:
    raw.execute(harm)
    found = list(check_roles(raw))
    assert said(found) == [(expected, State.BAD)]
    raw.execute(found[0].data["sql"])
    assert list(check_roles(raw)) == []


def test_migrations_ahead_and_behind(raw: Raw) -> None:
    raw.execute("DELETE FROM django_migrations WHERE app = 'pact'")
    assert said(list(check_migrations(raw))) == [(Said.MIGRATIONS_PENDING, State.BAD)]
    raw.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('pact', '0099_later', now())")
    assert said(list(check_migrations(raw))) == [(Said.MIGRATIONS_UNKNOWN, State.BAD)]


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """A folder with all keys, as `init` makes it."""
    made = tmp_path / "ikrar"
    prepare_home(made)
    settings.IKRAR_HOME = str(made)
    create_keys(made, origin="uji.invalid/2026")
    return made


def test_keys_must_be_there_and_closed(home: Path) -> None:
    assert Said.FOLDER_OK in [found.said for found in place.check_folder(home)]
    (home / "keys" / "seal.key").chmod(0o644)
    (home / "log").chmod(0o755)
    (home / "keys" / "log.state").unlink()
    found = [each for each in place.check_folder(home) if each.state is State.BAD]
    assert [(each.said, Path(each.data["path"]).name) for each in found] == [
        (Said.KEY_MISSING, "log.state"),
        (Said.OPEN_TO_OTHERS, "log"),
        (Said.OPEN_TO_OTHERS, "seal.key"),
    ]


def test_the_policy_names_log_and_seal(home: Path) -> None:
    policy = home / "policy.txt"
    assert place.check_trust(home).said is Said.SEAL_OK
    whole = policy.read_text()
    policy.write_text("".join(line for line in whole.splitlines(True) if "ikrar-seal" not in line))
    assert "ikrar-seal" in place.check_trust(home).data["what"]
    policy.write_text(whole.replace("uji.invalid", "lain.invalid"))
    assert place.check_trust(home).said is Said.SEAL_DIFFERS
    policy.unlink()
    assert place.check_trust(home).state is State.BAD


@pytest.mark.django_db
def test_a_signer_that_remembers_more_than_the_database(home: Path) -> None:
    assert [found.said for found in place.check_log()] == [Said.LOG_OK]
    state = home / "keys" / "log.state"
    lines = state.read_text().splitlines()
    state.write_text(f"{lines[0]}\n7\n{lines[2]}\n")
    assert [found.said for found in place.check_log()] == [Said.LOG_DIFFERS]


ADDRESSES = [
    ("https://ikrar.contoh.go.id", False, True, Said.URL_OK, State.OK),
    ("http://ikrar.contoh.go.id", False, False, Said.URL_PLAIN, State.BAD),
    ("http://192.168.1.20:8000", False, False, Said.URL_PLAIN, State.BAD),
    ("http://localhost:8000", False, True, Said.URL_LOCAL, State.BAD),
    ("http://192.168.1.20:8000", True, True, Said.DEMO, State.BAD),
]


@pytest.mark.parametrize(("url", "demo", "may_send", "expected", "in_service"), ADDRESSES)
@pytest.mark.row("X01")
def test_links_are_sent_only_where_phones_can_sign(
    settings: Any, tmp_path: Path, url: str, demo: bool, may_send: bool, expected: Said, in_service: State
) -> None:
    settings.IKRAR_URL, settings.IKRAR_DEMO = url, demo
    assert may_send_links() is may_send
    found = list(place.check_address(tmp_path))
    assert found[0].said is expected
    assert for_service(found[0]).state is in_service


def test_judgements_of_disk_backup_and_clock() -> None:
    sizes = [judge_disk(size, "/").state for size in (GIGABYTE // 4, GIGABYTE, 3 * GIGABYTE)]
    assert sizes == [State.BAD, State.WARN, State.OK]
    ages = [None, timedelta(hours=25), timedelta(hours=27), timedelta(days=8)]
    assert [judge_backup(age).state for age in ages] == [State.WARN, State.OK, State.WARN, State.BAD]
    assert judge_backup(timedelta(hours=27)).data == {"days": 1}
    clocks = [
        judge_clock(0.1, 5.0, ""),
        judge_clock(-3.0, 5.0, ""),
        judge_clock(0.1, -60.0, "x"),
        judge_clock(0, None, ""),
    ]
    assert [found.said for found in clocks] == [Said.CLOCK_OK, Said.CLOCK_DIFFERS, Said.CLOCK_BEHIND, Said.CLOCK_OK]


def test_service_is_judged_more_strictly() -> None:
    assert for_service(warn(Said.TRIAL)).state is State.BAD
    assert for_service(warn(Said.SANDBOX_OPEN, doors="files")).state is State.WARN
    assert for_service(ok(Said.URL_OK, url="x")).state is State.OK
    assert for_service(bad(Said.KEY_MISSING, path="x")).state is State.BAD


def test_the_sandbox_is_tried_for_real(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(sandbox.probe()) == {"network", "files", "calls"}
    monkeypatch.setattr(sandbox, "probe", lambda: {"network": True, "files": False, "calls": False})
    found = place.check_sandbox()
    assert (found.said, found.data) == (Said.SANDBOX_OPEN, {"doors": "files, calls"})


@pytest.mark.slow
@pytest.mark.row("X01")
def test_the_command_judges_a_whole_installation(filled: Filled) -> None:
    done = ikrar("check", "--json", home=filled.home)
    report = json.loads(done.stdout)
    states = {row["code"]: row["state"] for row in report["findings"]}
    build = {"web.front_missing", "web.languages_missing"}  # what this checkout has built is not the matter here
    assert {code for code, state in states.items() if state == "bad"} <= build
    assert states["web.trial"] == "warn"
    assert report["ok"] is not any(state == "bad" for state in states.values())
    strict = ikrar("check", "--deploy", home=filled.home)
    assert strict.returncode == 1
    assert "bad  Basis data bawaan dipakai: ini uji coba." in strict.stdout


@pytest.mark.slow
def test_a_database_that_does_not_answer_is_told(filled: Filled, tmp_path: Path) -> None:
    home = tmp_path / "salinan"
    shutil.copytree(filled.home, home, ignore=shutil.ignore_patterns("postgresql"))
    nowhere = f"?host={tmp_path}/tidak-ada"
    roles = {"IKRAR_DATABASE_URL": "app", "IKRAR_OWNER_URL": "owner", "IKRAR_BACKUP_URL": "backup"}
    text = "".join(f"{name}=postgresql://ikrar_{role}@/ikrar{nowhere}\n" for name, role in roles.items())
    (home / "ikrar.env").write_text(text)
    done = ikrar("check", home=home)
    assert done.returncode == 1
    assert "bad  Basis data tidak menjawab sebagai ikrar_app" in done.stdout
    assert "ok   Daftar kepercayaan menyebut buku log dan segel ini." in done.stdout
