"""What a backup file holds, and why one is refused. Pure."""

import re
from typing import Any

from ikrar.core.codes import N_, Code

FORMAT = "ikrar-cadangan/1"
TABLES, FILES, SEQUENCES = "tabel", "berkas", "urutan.json"
# What of the installation's folder is copied whole; the log and the signer's memory come from the ledger.
WHOLE = ("files", "keys", "policy.txt", "demo-doors.json", "filled")
NEVER = ("keys/log.state",)
_PATH = re.compile(r"(?:files|keys|log)(?:/[A-Za-z0-9._-]+)+|policy\.txt|demo-doors\.json|filled")
_SETTING = re.compile(r"IKRAR_(URL|DEMO|LOG_INTERVAL|LOG_LEVEL|LAW_DIR)")


class Refusal(Code):
    """Why a backup is not restored."""

    NEWER_PROGRAM = N_(
        "The backup was made by a newer version of Ikrar. Nothing was changed. "
        "Bring this program up to date, then restore again."
    )
    OLDER_PROGRAM = N_(
        "The backup was made by an older version of Ikrar ({version}). Nothing was changed. "
        "Install that version, restore with it, then bring the program up to date and run `ikrar upgrade`."
    )
    UNKNOWN_FORMAT = N_("The file is not a backup of this kind: {format}. Nothing was changed.")
    MISFIT = N_("The backup holds something that this version does not know: {what}. Nothing was changed.")
    ROWS_MISSING = N_("The table {table} has {found} rows instead of {expected}. Nothing was changed.")


def check_header(header: dict[str, Any], known: set[tuple[str, str]]) -> tuple[Refusal, dict[str, Any]] | None:
    """Whether this program, which knows these migrations, can restore a backup with this header."""
    if header.get("format") != FORMAT:
        return Refusal.UNKNOWN_FORMAT, {"format": str(header.get("format"))[:60]}
    had = {(str(app), str(name)) for app, name in header["migrations"]}
    if had - known:
        return Refusal.NEWER_PROGRAM, {}
    if known - had:
        return Refusal.OLDER_PROGRAM, {"version": str(header.get("version"))[:40]}
    return None


def is_safe_path(path: str) -> bool:
    """Whether a file of a backup may be written: below the installation's folder, at a place that is known."""
    return bool(_PATH.fullmatch(path)) and ".." not in path.split("/")


def kept_settings(settings: dict[str, str]) -> dict[str, str]:
    """The settings that move with a backup: none that names a place or an address of this machine."""
    return {name: value for name, value in settings.items() if _SETTING.fullmatch(name) and value.isprintable()}
