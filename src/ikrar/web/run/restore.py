"""`ikrar restore FILE --identity FILE`: a backup into an empty installation; ends with a check of the whole ledger."""

import argparse
import json
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import django
from django.utils import translation

from ikrar.cli import load_environment
from ikrar.core.archive import Unopened, parse_identities, read_header
from ikrar.core.db.embedded import ServerTrouble
from ikrar.core.http import sentence
from ikrar.web.run.database import Addresses, Unfit, check_empty_database, find_contents
from ikrar.web.run.installation import (
    ADDRESSES,
    Busy,
    ask_verb,
    embedded_server,
    empty_home,
    list_parts,
    new_database,
    offer_policy,
    run_verb,
    write_environment,
)
from ikrar.web.run.plan import Unusable, choose_url, home_of


def main(arguments: list[str]) -> int:
    """Exit 0 restored and checked, 1 refused with the reason, 2 unusable options."""
    options = _read(arguments)
    home = home_of(options.home)
    try:
        for name in (options.file, options.identity, *([options.newest] if options.newest else [])):
            if not Path(name).is_file():
                raise Unusable(f"Berkas {name} tidak ada.")
        if options.url:
            choose_url(options.url, None)
        addresses = _find_addresses(options, home)
        if not _opens(options):
            return 1
        return _restore(options, home, addresses)
    except Unusable as error:
        print(error, file=sys.stderr)
        return 2
    except Busy:
        print("Pemasangan di folder ini sedang berjalan. Hentikan dahulu.", file=sys.stderr)
    except (Unfit, ServerTrouble, OSError) as error:
        print(error, file=sys.stderr)
    return 1


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ikrar restore", description="Memulihkan cadangan ke pemasangan kosong.")
    parser.add_argument("file", help="berkas cadangan (.age)")
    parser.add_argument("--identity", required=True, help="berkas berisi kunci cadangan (AGE-SECRET-KEY-1…)")
    parser.add_argument("--newest", help="checkpoint terbaru yang disimpan pihak lain; cadangan tidak boleh lebih tua")
    parser.add_argument(
        "--new-log", action="store_true", help="akhiri buku log lama, mulai yang baru (docs/operating.md)"
    )
    parser.add_argument("--home", help="folder pemasangan (biasanya $IKRAR_HOME atau ~/.ikrar)")
    parser.add_argument("--url", help="alamat umum yang baru, bila berubah")
    parser.add_argument("--database-url", help="alamat basis data kosong untuk peran ikrar_app")
    parser.add_argument("--owner-url", help="alamat yang sama untuk peran ikrar_owner")
    parser.add_argument("--backup-url", help="alamat yang sama untuk peran ikrar_backup")
    parser.add_argument("--bahasa", choices=("id", "en"), default="id")
    return parser.parse_args(arguments)


def _opens(options: argparse.Namespace) -> bool:
    """Whether the key opens the backup, before anything is made for it."""
    try:
        with Path(options.file).open("rb") as source:
            read_header(source, parse_identities(Path(options.identity).read_text()))
    except Unopened as unopened:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikrar.web.settings")
        django.setup()
        with translation.override(options.bahasa):
            print(sentence(unopened.fault, unopened.data), file=sys.stderr)
        return False
    return True


def _find_addresses(options: argparse.Namespace, home: Path) -> Addresses | None:
    """Where to restore: the options, else what the folder or the environment says, else the embedded server."""
    given = (options.database_url, options.owner_url, options.backup_url)
    if any(given) and not all(given):
        raise Unusable("Beri ketiga alamat: --database-url, --owner-url, dan --backup-url.")
    if all(given):
        return Addresses(*given)
    load_environment(home)
    if os.environ.get("IKRAR_EMBEDDED") == "1" or "IKRAR_DATABASE_URL" not in os.environ:
        return None
    return Addresses(*(os.environ[name] for name in ADDRESSES[1:]))


def _restore(options: argparse.Namespace, home: Path, addresses: Addresses | None) -> int:
    existed = home.exists()
    was_empty = not existed or not list_parts(home)
    had_server = embedded_server(home).folder.exists()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if addresses:
        check_empty_database(addresses)
    facts: dict[str, Any] | None = None
    try:
        with _database(home, addresses) as places:
            if not addresses and (held := find_contents(places["IKRAR_OWNER_URL"])):
                raise Unfit(
                    f"Basis data bawaan di {embedded_server(home).folder} berisi {held}. Tidak ada yang diubah. "
                    "Pulihkan ke folder lain dengan --home, atau pindahkan dahulu yang lama."
                )
            environment = {"IKRAR_HOME": str(home), "DJANGO_SETTINGS_MODULE": "ikrar.web.settings", **places}
            facts = _fill(options, environment)
            if facts is None:
                return 1
            _settle(home, facts["settings"], options.url, addresses)
            return _check(home, facts, environment, options.newest)
    finally:
        if facts is None and not addresses and not had_server:
            embedded_server(home).remove()
        if facts is None and was_empty:
            empty_home(home, keep_folder=existed)


def _database(home: Path, addresses: Addresses | None) -> AbstractContextManager[dict[str, str]]:
    return nullcontext({"IKRAR_EMBEDDED": "", **addresses.settings()}) if addresses else new_database(home)


def _fill(options: argparse.Namespace, environment: dict[str, str]) -> dict[str, Any] | None:
    """Tables are made and filled by their owner; what refuses has said why."""
    given = [options.file, "--identity", options.identity, "--bahasa", options.bahasa]
    given += ["--newest", options.newest] if options.newest else []
    given += ["--new-log"] if options.new_log else []
    said = ask_verb("web", "restore", *given, environment={**environment, "IKRAR_AS_OWNER": "1"})
    return dict(json.loads(said)) if said else None


def _settle(home: Path, settings: dict[str, str], url: str | None, addresses: Addresses | None) -> None:
    """The settings file last: now it is an installation."""
    address = addresses.settings() if addresses else {"IKRAR_EMBEDDED": "1"}
    write_environment(home, {**settings, **({"IKRAR_URL": url} if url else {}), **address})
    offer_policy(home)


def _check(home: Path, facts: dict[str, Any], environment: dict[str, str], newest: str | None) -> int:
    print(
        f"Cadangan {facts['made_at']} dipulihkan ke {home}: {facts['rows']} baris, {facts['files']} berkas, "
        f"buku log {facts['origin']} dengan {facts['size']} catatan."
    )
    if facts["aside"]:
        print(f"Yang semula ada di folder itu disimpan di {facts['aside']}.")
    if facts["ended"]:
        _tell_ended(home, facts)
        run_verb("ledger", "sequence", "--once", environment=environment)
    elif not facts["aside"] and not newest:
        print(
            "Catatan: tidak ada checkpoint yang menunjukkan bahwa cadangan ini yang terbaru. Bila sesudahnya masih ada "
            "yang menandatangani,\nulangi dengan --new-log (docs/operating.md)."
        )
    print("Buku besar diperiksa …", flush=True)
    failed = run_verb("ledger", "fsck", environment=environment)
    print("Pemeriksaan menemukan perbedaan; lihat di atas." if failed else "Semua cocok.", flush=True)
    return 1 if failed else 0


def _tell_ended(home: Path, facts: dict[str, Any]) -> None:
    print(
        f"Buku log lama berakhir dan tetap dapat dibaca di /log/{facts['ended']}/; tanda bukti lama tetap berlaku.\n"
        f"Buku log baru bernama {facts['next_origin']}. Bagikan daftar kepercayaan yang baru: {home / 'policy.txt'}",
        flush=True,
    )
