"""The addresses of a database server of the machine: whether they will do, and the SQL that makes them do."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import psycopg

from ikrar.core.db.roles import APP, BACKUP, OWNER

OLDEST = 150000
_FACTS = """
SELECT rolsuper, rolbypassrls, pg_get_userbyid(datdba), pg_encoding_to_char(encoding),
       current_setting('server_version_num')::int
FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()
"""


class Unfit(Exception):
    """The database cannot be used as it is; the text says why and what to do."""


@dataclass(frozen=True)
class Addresses:
    """One database, as its three roles reach it."""

    app: str
    owner: str
    backup: str

    def settings(self) -> dict[str, str]:
        """As lines of the settings file."""
        return {"IKRAR_DATABASE_URL": self.app, "IKRAR_OWNER_URL": self.owner, "IKRAR_BACKUP_URL": self.backup}

    def by_role(self) -> dict[str, str]:
        """The address of each role."""
        return {OWNER: self.owner, APP: self.app, BACKUP: self.backup}


def local_addresses(password: dict[str, str], database: str, host: str = "127.0.0.1") -> Addresses:
    """Addresses by password over TCP, which Debian's server takes without any change."""
    made = {role: f"postgresql://{role}:{password[role]}@{host}/{database}" for role in (APP, OWNER, BACKUP)}
    return Addresses(made[APP], made[OWNER], made[BACKUP])


def roles_sql(addresses: Addresses) -> str:
    """What the server's administrator runs once, so that these addresses work."""
    lines = []
    for role, url in addresses.by_role().items():
        password = unquote(urlsplit(url).password or "").replace("'", "''")
        rights = "LOGIN BYPASSRLS" if role == BACKUP else "LOGIN"
        lines.append(f"CREATE ROLE {role} {rights}" + (f" PASSWORD '{password}'" if password else "") + ";")
    name = database_name(addresses.app).replace('"', '""')
    lines.append(f"CREATE DATABASE \"{name}\" OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8';")
    return "\n".join(lines)


def database_name(url: str) -> str:
    """The database that an address names."""
    return unquote(urlsplit(url).path.lstrip("/"))


def check_shape(addresses: Addresses) -> None:
    """The right role in each address, and one database in all three. Raises: Unfit."""
    for role, url in addresses.by_role().items():
        parts = urlsplit(url)
        if parts.scheme not in ("postgresql", "postgres") or unquote(parts.username or "") != role:
            raise Unfit(f"Alamat untuk {role} harus berbentuk postgresql://{role}:SANDI@HOST/NAMA.")
    if len({database_name(url) for url in addresses.by_role().values()}) != 1 or not database_name(addresses.app):
        raise Unfit("Ketiga alamat harus menunjuk ke satu basis data yang sama.")


def check_empty_database(addresses: Addresses) -> None:
    """The three roles get in, have exactly their rights, and the database is empty. Raises: Unfit."""
    check_shape(addresses)
    for role, url in addresses.by_role().items():
        problem = _problem(role, url)
        if problem:
            raise Unfit(problem)
    if found := find_contents(addresses.owner):
        name = database_name(addresses.app)
        raise Unfit(f"Basis data {name} sudah berisi {found}. Tidak ada yang diubah. Pakai basis data yang kosong.")


def _problem(role: str, url: str) -> str | None:
    try:
        with psycopg.connect(url, connect_timeout=10) as raw:
            row = raw.execute(_FACTS).fetchone()
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()[-1]
        return f"Basis data belum dapat dimasuki sebagai {role}: {said}"
    if row is None:
        return f"Basis data tidak menjawab sebagai {role}."
    is_super, bypasses, owner, encoding, version = row
    if version < OLDEST:
        return "PostgreSQL di server ini terlalu lama. Ikrar memerlukan versi 15 atau lebih baru."
    if encoding != "UTF8":
        return f"Basis data ini memakai pengodean {encoding}; buat yang baru dengan ENCODING 'UTF8'."
    if owner != OWNER:
        return f"Pemilik basis data ini {owner}. Jalankan: ALTER DATABASE {database_name(url)} OWNER TO {OWNER};"
    if is_super or (bypasses and role != BACKUP):
        return f"Peran {role} melihat terlalu banyak. Jalankan: ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS;"
    if role == BACKUP and not bypasses:
        return f"Peran {BACKUP} belum dapat membaca semuanya. Jalankan: ALTER ROLE {BACKUP} BYPASSRLS;"
    return None


def find_contents(owner_url: str) -> str | None:
    """What the database holds that must not be touched, or None: no tables yet, or ours without a single act."""
    with psycopg.connect(owner_url, connect_timeout=10) as raw:
        tables = {name for (name,) in raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
        if not tables:
            return None
        if "django_migrations" not in tables:
            return f"{len(tables)} tabel milik program lain"
        row = raw.execute("SELECT count(*) FROM ledger_entry").fetchone() if "ledger_entry" in tables else None
    return f"sebuah pemasangan dengan {row[0]} catatan" if row and row[0] else None
