"""What a new installation is to be: asked in plain words at a terminal, or taken from options, and checked before use."""

import os
import re
import secrets
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ikrar.core import clock
from ikrar.core.db.roles import APP, BACKUP, OWNER
from ikrar.regions import law
from ikrar.web.run.database import Addresses, Unfit, check_empty_database, check_shape, local_addresses, roles_sql
from ikrar_proof.checkpoint import NAME

LOCAL = ("localhost", "127.0.0.1", "::1")
Ask = Callable[[str], str]


class Unusable(Exception):
    """What was given cannot be used; the text says why and what would do."""


@dataclass(frozen=True)
class Plan:
    """Everything that decides what `ikrar init` makes. `addresses` is None for the embedded server."""

    home: Path
    region: str
    office: str
    admin: str
    url: str
    origin: str
    addresses: Addresses | None


def make_plan(options: Namespace, home: Path, *, ask: Ask | None) -> Plan:
    """The plan of the options; what they leave open is asked, or takes its usual value where `ask` is None.

    Raises: Unusable, Unfit.
    """
    region, office = choose_region(options.region, ask)
    url = choose_url(options.url, ask)
    origin = _choose_origin(options.origin, url, ask)
    admin = choose_admin(options.admin, ask)
    return Plan(home, region, office, admin, url, origin, _choose_database(options, ask))


def find_asking(options: Namespace) -> Ask | None:
    """How to ask: at the terminal; None with `--yes`. Raises: Unusable (neither)."""
    if options.yes:
        return None
    if not sys.stdin.isatty():
        raise Unusable("Tidak ada terminal untuk bertanya. Beri semua pilihan dan --yes.")
    return lambda text: input(text).strip()


def _ask(ask: Ask, question: str, usual: str) -> str:
    return ask(f"{question} [{usual}]: ") or usual


def choose_region(given: str | None, ask: Ask | None) -> tuple[str, str]:
    """A province, regency or city of today's data: code and name. Raises: Unusable."""
    code = given or (ask("Kode wilayah kantor (contoh 63.10 untuk Kabupaten Tanah Bumbu): ") if ask else "")
    known = {found.code: found.names[-1][1] for found in (*law.provinces(), *law.regencies()) if not found.valid_until}
    if not code:
        raise Unusable("Sebutkan wilayah kantor dengan --region, misalnya --region 63.10.")
    if code not in known:
        raise Unusable(f"Tidak ada provinsi, kabupaten, atau kota dengan kode {code}. Contoh: 63.10, 75.71, 63.")
    name = f"Provinsi {known[code]}" if len(code) == 2 else known[code]
    if ask and not given and ask(f"{name}. Benar? [y/t]: ").lower() not in ("y", "ya"):
        raise Unusable("Jalankan lagi dengan kode wilayah yang benar. Belum ada yang dibuat.")
    return code, name


def choose_url(given: str | None, ask: Ask | None) -> str:
    """The public address. Raises: Unusable."""
    usual = "http://localhost:8000"
    url = given or (_ask(ask, "Alamat yang dibuka petugas dan anggota", usual) if ask else usual)
    url = url.rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise Unusable(f"Alamat {url} tidak dapat dipakai. Tulis seperti https://ikrar.kpu-contoh.go.id")
    return url


def choose_admin(given: str | None, ask: Ask | None) -> str:
    """The first administrator's name."""
    return given or (_ask(ask, "Nama administrator pertama", "Administrator") if ask else "Administrator")


def usual_origin(url: str) -> str:
    """The host and the year; a name of its own for a trial, since every log in the world is told apart by it."""
    host = urlsplit(url).hostname or ""
    own = host if host not in LOCAL else f"ikrar-{secrets.token_hex(4)}.invalid"
    return f"{own}/{clock.now().year}"


def _choose_origin(given: str | None, url: str, ask: Ask | None) -> str:
    usual = usual_origin(url)
    if ask and not given:
        print("\nNama buku log tercetak di setiap tanda bukti dan tidak dapat diganti lagi, juga bila alamat berubah.")
    origin = given or (_ask(ask, "Nama buku log", usual) if ask else usual)
    if not re.fullmatch(NAME, origin) or not origin.isascii():
        raise Unusable(f"Nama buku log {origin!r} tidak dapat dipakai. Tulis seperti ikrar.kpu-contoh.go.id/2026.")
    return origin


def _choose_database(options: Namespace, ask: Ask | None) -> Addresses | None:
    """The given addresses; else the embedded server or, at a terminal, Debian's. Raises: Unusable, Unfit."""
    given = (options.database_url, options.owner_url, options.backup_url)
    if all(given):
        addresses = Addresses(*given)
        _check(addresses)
        return addresses
    if any(given):
        raise Unusable("Beri ketiga alamat: --database-url, --owner-url, dan --backup-url.")
    if ask is None:
        return None
    print("\nBasis data: 1 = bawaan, untuk mencoba; 2 = PostgreSQL di komputer ini, untuk dipakai sungguhan.")
    if _ask(ask, "Pilihan", "1") != "2":
        return None
    password = {role: secrets.token_urlsafe(18) for role in (APP, OWNER, BACKUP)}
    addresses = local_addresses(password, _ask(ask, "Nama basis data", "ikrar"))
    print(
        f"\nJalankan sebagai root di terminal lain:\n\nrunuser -u postgres -- psql <<'SQL'\n{roles_sql(addresses)}\nSQL\n"
    )
    while True:
        ask("Sesudah selesai, tekan Enter: ")
        try:
            check_empty_database(addresses)
        except Unfit as unfit:
            print(f"{unfit}\nPerbaiki, lalu tekan Enter lagi (berhenti: Ctrl-C).")
        else:
            return addresses


def _check(addresses: Addresses) -> None:
    """The addresses work; where they do not, the reason comes with the SQL for the server. Raises: Unfit."""
    check_shape(addresses)
    try:
        check_empty_database(addresses)
    except Unfit as unfit:
        if "belum dapat dimasuki" not in str(unfit):
            raise
        sql = roles_sql(addresses)
        raise Unfit(
            f"{unfit}\nBila peran atau basis datanya belum ada, jalankan sekali di server itu sebagai postgres:\n\n{sql}\n"
        ) from unfit


def home_of(given: str | None) -> Path:
    """The folder: `--home`, else `$IKRAR_HOME`, else `~/.ikrar`."""
    return Path(given or os.environ.get("IKRAR_HOME") or Path.home() / ".ikrar").expanduser().resolve()
