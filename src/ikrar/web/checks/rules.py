"""The findings of `ikrar check` and how they are judged. Pure."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from ikrar.core.codes import N_, Code

GIGABYTE = 1024**3
BACKUP_FRESH, BACKUP_STALE = timedelta(hours=26), timedelta(days=7)
LOG_LATE = timedelta(minutes=5)
CLOCK_SLACK = 2.0


class State(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


class Said(Code):
    """One line of `ikrar check`: what is so, and where it is wrong, how to mend it."""

    FOLDER_OK = N_("{home} and the keys in it are closed to others.")
    OPEN_TO_OTHERS = N_("Other accounts of this machine can read {path}. Run: chmod {mode} {path}")
    UNREADABLE = N_("{path} cannot be read by this account ({user}). Run the command as the account that serves Ikrar.")
    KEY_MISSING = N_("{path} is missing. Restore it from the backup; it cannot be made anew.")
    AS_ROOT = N_("Ikrar runs as root. Let an account of its own serve it (docs/installation.md).")
    DATABASE_OK = N_("PostgreSQL {version} answers.")
    DATABASE_DOWN = N_("The database does not answer as {role}: {said}. Start PostgreSQL, or correct {file}.")
    DATABASE_OLD = N_("PostgreSQL {version} is too old; Ikrar needs 15 or newer.")
    TRIAL = N_(
        "The embedded database is in use: this is a trial. Take PostgreSQL of the machine for service, and bring the "
        "data with `ikrar backup` and `ikrar restore` (docs/operating.md)."
    )
    ROLES_OK = N_("The three database roles have exactly their rights.")
    ROLE_TOO_WIDE = N_("The role {role} has rights that it must not have. Run as postgres: {sql}")
    ROLE_TOO_NARROW = N_("The role {role} cannot read everything. Run as postgres: {sql}")
    GRANT_WIDE = N_("The role {role} may change rows of {table}, which must never change. Run `ikrar upgrade`.")
    GUARDS_OK = N_("{tables} tables are guarded row by row, {triggers} triggers keep records unchanged.")
    NOT_GUARDED = N_(
        "The table {table} is not guarded row by row. Stop Ikrar and restore the backup into a new database."
    )
    POLICY_EXTRA = N_("The table {table} has a rule that is not Ikrar's: {name}. Run as owner: {sql}")
    TRIGGER_GONE = N_("The trigger {name} of {table} is missing or off. Run as owner: {sql}")
    MIGRATIONS_OK = N_("The database fits this version.")
    MIGRATIONS_PENDING = N_("The database is older than this version: {n} steps. Run `ikrar upgrade`.")
    MIGRATIONS_UNKNOWN = N_("The database is newer than this program: {n} steps. Bring the program up to date.")
    SEAL_OK = N_("The trust policy names this log and this seal.")
    SEAL_DIFFERS = N_(
        "The trust policy does not name {what}. Receipts would not verify. Restore {path} from the backup."
    )
    LOG_OK = N_("The log holds {size} leaves; files, signer and database agree.")
    LOG_DIFFERS = N_("The log does not agree with what was signed: {said} Run `ikrar ledger fsck`, and keep a copy.")
    LOG_LATE = N_("{n} entries wait for the log, the oldest for {minutes} minutes. Is `ikrar serve` running?")
    SANDBOX_OK = N_("Files from outside are opened in a closed room.")
    SANDBOX_OPEN = N_(
        "Files from outside are opened in a child process, but this kernel leaves it: {doors}. "
        "A kernel of Debian 12 or newer, outside a container, closes all of them."
    )
    FRONT_OK = N_("The pages' styles and scripts are built.")
    FRONT_MISSING = N_("The pages' styles and scripts are not built. Run ./ikrar check once in the checkout.")
    LANGUAGES_OK = N_("Both languages are there.")
    LANGUAGES_MISSING = N_("{n} catalogues are not compiled: {names}. Run ./ikrar check once in the checkout.")
    CLOCK_OK = N_("The clock is right.")
    CLOCK_DIFFERS = N_("The clock differs from the database's by {seconds} seconds. Turn on time synchronisation.")
    CLOCK_BEHIND = N_("The clock stands before the latest entry ({at}). Turn on time synchronisation.")
    DISK_OK = N_("{free} GB are free.")
    DISK_LOW = N_("Only {free} GB are free at {path}. Make room before it is full; nothing is recorded then.")
    URL_OK = N_("{url}: links to members can be sent.")
    URL_LOCAL = N_("{url} works on this machine only. For others set an https address (docs/installation.md).")
    URL_PLAIN = N_(
        "{url} has no https: links to members are refused, phones cannot sign. Put Caddy in front and write the https "
        "address into {file} (docs/installation.md)."
    )
    DEMO = N_(
        "This is the demo with made-up people. Never use it for real ones; make an installation with `ikrar init`."
    )
    BACKUP_OK = N_("The last backup was made {hours} hours ago.")
    BACKUP_OLD = N_("The last backup was made {days} days ago. Run `ikrar backup`; a timer does it every night.")
    BACKUP_NONE = N_("There is no backup yet. Run `ikrar backup` (docs/operating.md).")
    BACKUP_NO_KEY = N_("There is no key to encrypt backups for. Write a public key (age1…) into {file}.")


@dataclass(frozen=True)
class Finding:
    """One line: how bad, what, and the facts that fill the sentence."""

    state: State
    said: Said
    data: dict[str, Any] = field(default_factory=dict)


def ok(said: Said, /, **data: Any) -> Finding:
    """All is well."""
    return Finding(State.OK, said, data)


def warn(said: Said, /, **data: Any) -> Finding:
    """It works, but not for long or not for everybody."""
    return Finding(State.WARN, said, data)


def bad(said: Said, /, **data: Any) -> Finding:
    """It must be mended."""
    return Finding(State.BAD, said, data)


def judge_disk(free: int, path: str) -> Finding:
    """Under 2 GB somebody should act, under half a GB it is urgent."""
    shown = f"{free / GIGABYTE:.1f}"
    if free < GIGABYTE // 2:
        return bad(Said.DISK_LOW, free=shown, path=path)
    return warn(Said.DISK_LOW, free=shown, path=path) if free < 2 * GIGABYTE else ok(Said.DISK_OK, free=shown)


def judge_backup(age: timedelta | None) -> Finding:
    """Every night; a week without one is too long."""
    if age is None:
        return warn(Said.BACKUP_NONE)
    if age <= BACKUP_FRESH:
        return ok(Said.BACKUP_OK, hours=int(age.total_seconds() // 3600))
    days = max(1, age.days)
    return bad(Said.BACKUP_OLD, days=days) if age > BACKUP_STALE else warn(Said.BACKUP_OLD, days=days)


def judge_clock(database_ahead: float, since_latest: float | None, latest: str) -> Finding:
    """`database_ahead` in seconds; `since_latest` is the time passed since the latest entry, by our clock."""
    if abs(database_ahead) > CLOCK_SLACK:
        return bad(Said.CLOCK_DIFFERS, seconds=round(database_ahead, 1))
    if since_latest is not None and since_latest < -CLOCK_SLACK:
        return bad(Said.CLOCK_BEHIND, at=latest)
    return ok(Said.CLOCK_OK)


def for_service(found: Finding) -> Finding:
    """In service (`--deploy`) what is merely a warning for a trial must be mended."""
    must = {Said.TRIAL, Said.URL_LOCAL, Said.URL_PLAIN, Said.DEMO, Said.AS_ROOT, Said.BACKUP_NONE, Said.BACKUP_NO_KEY}
    return bad(found.said, **found.data) if found.said in must else found
