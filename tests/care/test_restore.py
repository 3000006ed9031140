"""The restore drill: a whole installation comes back, also by way of PostgreSQL 15, and nothing doubtful is restored."""

import json
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
from pyrage import x25519

from ikrar.ledger.actions import create_log_key
from ikrar.ledger.signer import load_log_key
from ikrar.web.backup.rules import check_header, is_safe_path, kept_settings
from ikrar.web.run.installation import prepare_home
from ikrar_proof.checkpoint import Checkpoint, sign_checkpoint

from .conftest import Filled, recipient_of
from .prompt import act, ikrar, words

pytestmark = pytest.mark.slow


def restore(filled: Filled, home: Path, *more: str, file: Path | None = None) -> subprocess.CompletedProcess[str]:
    identity = ("--identity", str(filled.identity))
    return ikrar("restore", str(file or filled.file), *identity, *more, home=home)


@pytest.mark.row("X03")
def test_everything_comes_back_and_works(filled: Filled, new_home: Path) -> None:
    done = restore(filled, new_home)
    assert done.returncode == 0, done.stderr
    assert "Semua cocok." in done.stdout
    assert act("tables", home=new_home) == filled.tables
    for part in ("keys", "log", "policy.txt"):
        assert _contents(new_home / part) == _contents(filled.home / part)
    verified = ikrar("verify", str(filled.receipt), "--policy", str(new_home / "policy.txt"), home=new_home)
    assert verified.returncode == 0, verified.stderr
    assert act("enter", filled.phone, home=new_home) == {"status": 302, "home": 200}
    # The log goes on where it was, and sequences give no number twice.
    before = filled.tables["ledger_sequenced"][0]
    assert int(ikrar("ledger", "sequence", "--once", home=new_home).stdout) > 0
    checked = ikrar("ledger", "fsck", "--json", home=new_home)
    assert json.loads(checked.stdout)["entries"] > before
    assert checked.returncode == 0


def _contents(place: Path) -> dict[str, bytes]:
    files = [place] if place.is_file() else [file for file in place.rglob("*") if file.is_file()]
    return {str(file.relative_to(place.parent)): file.read_bytes() for file in files}


def test_the_way_from_a_trial_to_a_service_and_back(
    filled: Filled, new_home: Path, old_server: dict[str, str], tmp_path: Path
) -> None:
    service, back = tmp_path / "layanan", tmp_path / "kembali.age"
    done = restore(filled, service, *words(old_server), "--url", "https://ikrar.contoh.go.id")
    assert done.returncode == 0, done.stderr
    assert act("tables", home=service) == filled.tables
    settings = (service / "ikrar.env").read_text()
    assert "IKRAR_URL=https://ikrar.contoh.go.id\n" in settings
    assert "IKRAR_EMBEDDED" not in settings
    assert ikrar("backup", str(back), "--recipient", recipient_of(filled), home=service).returncode == 0
    done = restore(filled, new_home, file=back)
    assert done.returncode == 0, done.stderr
    assert act("tables", home=new_home) == filled.tables


def test_the_wrong_key_is_told_in_both_languages(filled: Filled, new_home: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain.txt"
    other.write_text(f"{x25519.Identity.generate()}\n")
    for language, said in (("id", "Kunci ini tidak membuka cadangan"), ("en", "This key does not open the backup.")):
        command = ("restore", str(filled.file), "--identity", str(other), "--bahasa", language)
        done = ikrar(*command, home=new_home)
        assert done.returncode == 1
        assert said in done.stderr
        assert not new_home.exists()


def test_a_file_cut_off_changes_nothing(filled: Filled, empty_database: dict[str, str], new_home: Path) -> None:
    whole = filled.file.read_bytes()
    cut = new_home.parent / "terpotong.age"
    cut.write_bytes(whole[: len(whole) - 40_000])
    done = restore(filled, new_home, *words(empty_database), file=cut)
    assert done.returncode == 1
    assert "terpotong atau rusak" in done.stderr
    assert not new_home.exists()
    with psycopg.connect(empty_database["--backup-url"]) as raw:
        assert raw.execute("SELECT count(*) FROM ledger_entry").fetchone() == (0,)
    # The same place takes the whole file afterwards.
    assert restore(filled, new_home, *words(empty_database)).returncode == 0


def test_a_place_in_use_is_left_alone(filled: Filled) -> None:
    before = act("tables", home=filled.home)  # other tests signed in here since the backup
    done = restore(filled, filled.home)
    assert done.returncode == 1
    assert "Tidak ada yang diubah." in done.stderr
    assert act("tables", home=filled.home) == before


def _keep_files(filled: Filled, home: Path) -> None:
    """The folder of an installation whose database is gone."""
    home.mkdir()
    for name in ("keys", "log"):
        shutil.copytree(filled.home / name, home / name)


@pytest.mark.row("X03")
def test_a_backup_older_than_the_log_at_hand_is_refused(
    filled: Filled, new_home: Path, empty_database: dict[str, str]
) -> None:
    _keep_files(filled, new_home)
    origin, key = load_log_key(new_home)
    later = filled.made["size"] + 300
    checkpoint = new_home / "log" / "checkpoint"
    checkpoint.write_bytes(sign_checkpoint(Checkpoint(origin, later, bytes(32)), key))
    done = restore(filled, new_home, *words(empty_database))
    assert done.returncode == 1, done.stdout
    assert "lebih tua daripada buku log yang diketahui" in done.stderr
    assert str(later) in done.stderr
    assert sorted(file.name for file in new_home.iterdir()) == ["keys", "log"]
    kept = new_home.parent / "checkpoint-provinsi"
    checkpoint.rename(kept)
    done = restore(filled, new_home, *words(empty_database), "--newest", str(kept))
    assert done.returncode == 1
    assert "--newest" in done.stderr


def test_the_keys_of_another_installation_are_not_overwritten(
    filled: Filled, new_home: Path, empty_database: dict[str, str]
) -> None:
    prepare_home(new_home)
    create_log_key(new_home, "lain.contoh.id/2026")
    before = _contents(new_home / "keys")
    done = restore(filled, new_home, *words(empty_database))
    assert done.returncode == 1
    assert "berisi kunci pemasangan lain" in done.stderr
    assert _contents(new_home / "keys") == before


def test_files_that_survived_are_kept_aside(filled: Filled, new_home: Path, empty_database: dict[str, str]) -> None:
    _keep_files(filled, new_home)
    (new_home / "files").mkdir()
    (new_home / "files" / "catatan").write_text("jangan hilang")
    done = restore(filled, new_home, *words(empty_database))
    assert done.returncode == 0, done.stderr
    aside = next(new_home.glob("sebelum-pulih-*"))
    assert (aside / "files" / "catatan").read_text() == "jangan hilang"
    assert _contents(aside / "keys") == _contents(new_home / "keys")


def test_a_backup_needs_a_key_to_be_made_for(filled: Filled, tmp_path: Path) -> None:
    done = ikrar("backup", str(tmp_path), home=filled.home)
    assert (done.returncode, list(tmp_path.glob("*.age"))) == (1, [])
    assert "backup.recipients" in done.stderr


def test_only_a_backup_of_this_version_fits() -> None:
    known = {("core", "0001"), ("ledger", "0001")}
    fits = {"format": "ikrar-cadangan/1", "migrations": [["core", "0001"], ["ledger", "0001"]]}
    assert check_header(fits, known) is None
    newer = check_header(fits | {"migrations": [*fits["migrations"], ["ledger", "0002"]]}, known)
    older = check_header(fits | {"migrations": [["core", "0001"]]}, known)
    assert [found[0].name for found in (newer, older) if found] == ["NEWER_PROGRAM", "OLDER_PROGRAM"]
    other = check_header(fits | {"format": "ikrar-cadangan/2"}, known)
    assert other is not None
    assert other[0].name == "UNKNOWN_FORMAT"


@pytest.mark.parametrize(
    "path", ["../keys/secret", "keys/../../x", "/etc/passwd", "ikrar.env", "postgresql/data", "log/tile/..", "keys"]
)
def test_a_backup_cannot_write_elsewhere(path: str) -> None:
    assert not is_safe_path(path)


def test_addresses_stay_with_their_machine() -> None:
    settings = {
        "IKRAR_URL": "https://ikrar.contoh.go.id",
        "IKRAR_DATABASE_URL": "postgresql://ikrar_app:sandi@/ikrar",
        "IKRAR_HOME": "/srv/ikrar",
        "IKRAR_EMBEDDED": "1",
        "PATH": "/bin",
        "IKRAR_LAW_DIR": "baris\nbaru",
    }
    assert kept_settings(settings) == {"IKRAR_URL": "https://ikrar.contoh.go.id"}
