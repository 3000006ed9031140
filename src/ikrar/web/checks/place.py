"""The installation's folder, keys, log and surroundings on this machine."""

import getpass
import json
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from ikrar.core import clock, sandbox
from ikrar.core.errors import AppError
from ikrar.core.http import sentence
from ikrar.core.links import THIS_MACHINE, may_send_links
from ikrar.documents.queries import show_certificate
from ikrar.ledger.queries import check_head, find_untrusted, find_waiting
from ikrar.ledger.rules import LogHalted
from ikrar.web.checks.rules import (
    LOG_LATE,
    Finding,
    Said,
    bad,
    judge_backup,
    judge_clock,
    judge_disk,
    ok,
    warn,
)

KEYS = ("secret", "log", "log.state", "seal.key", "seal.pem")
RECIPIENTS = "keys/backup.recipients"


def check_folder(home: Path) -> Iterator[Finding]:
    """The keys are there and closed to others."""
    wrong = []
    for name in KEYS:
        if not (home / "keys" / name).exists():
            wrong.append(bad(Said.KEY_MISSING, path=home / "keys" / name))
    private = [home, home / "keys", home / "log", home / "files", home / "ikrar.env", *sorted(home.glob("keys/*"))]
    for path in private:
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            wrong.append(bad(Said.OPEN_TO_OTHERS, path=path, mode="700" if path.is_dir() else "600"))
        if path.exists() and not os.access(path, os.R_OK):
            wrong.append(bad(Said.UNREADABLE, path=path, user=getpass.getuser()))
    yield from wrong or [ok(Said.FOLDER_OK, home=home)]
    if os.geteuid() == 0:
        yield warn(Said.AS_ROOT)


def check_trust(home: Path) -> Finding:
    """What others check us by names our own log and seal."""
    path = home / "policy.txt"
    try:
        missing = find_untrusted(seal=show_certificate())
    except (AppError, LogHalted) as error:
        return bad(Said.SEAL_DIFFERS, what=str(error), path=path)
    return bad(Said.SEAL_DIFFERS, what=missing, path=path) if missing else ok(Said.SEAL_OK)


def check_log() -> Iterator[Finding]:
    """Key, signer's memory, checkpoint and database agree, and nothing has waited long. Fsck looks at everything."""
    report = check_head()
    if report.difference:
        yield bad(Said.LOG_DIFFERS, said=sentence(report.difference, {"where": report.where}))
    else:
        yield ok(Said.LOG_OK, size=report.size)
    count, since = find_waiting()
    age = clock.now() - since if since else None
    if age and age > LOG_LATE:
        yield warn(Said.LOG_LATE, n=count, minutes=int(age.total_seconds() // 60))


def check_sandbox() -> Finding:
    """The child that opens files from outside is shut in."""
    open_doors = [name for name, is_shut in sandbox.probe().items() if not is_shut]
    return warn(Said.SANDBOX_OPEN, doors=", ".join(open_doors)) if open_doors else ok(Said.SANDBOX_OK)


def check_build() -> Iterator[Finding]:
    """What `./ikrar` builds is there."""
    web = settings.BASE
    built = (web / "collected" / "staticfiles.json").exists() or any((web / "static" / "dist").glob("*"))
    yield ok(Said.FRONT_OK) if built else bad(Said.FRONT_MISSING)
    catalogues = sorted((settings.PACKAGE / "locale").glob("*/*/LC_MESSAGES/django.po"))
    missing = [po.parts[-4] for po in catalogues if not po.with_suffix(".mo").exists()]
    if missing:
        yield bad(Said.LANGUAGES_MISSING, n=len(missing), names=", ".join(missing))
    else:
        yield ok(Said.LANGUAGES_OK)


def check_clock() -> Finding:
    """Our clock, the database's, and the latest act agree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), (SELECT max(at) FROM ledger_entry)")
        theirs, latest = cursor.fetchone()
    now = clock.now()
    since = (now - latest).total_seconds() if latest else None
    return judge_clock((theirs - now).total_seconds(), since, f"{latest:%Y-%m-%d %H:%M}" if latest else "")


def check_disk(home: Path) -> Finding:
    """Room for what is to come."""
    return judge_disk(shutil.disk_usage(home).free, str(home))


def check_address(home: Path) -> Iterator[Finding]:
    """Whether others can reach us, and links may be sent."""
    url, host = settings.IKRAR_URL, urlsplit(settings.IKRAR_URL).hostname
    if settings.IKRAR_DEMO:
        yield warn(Said.DEMO)
    if host in THIS_MACHINE:
        yield warn(Said.URL_LOCAL, url=url)
    elif may_send_links() and url.startswith("https://"):
        yield ok(Said.URL_OK, url=url)
    else:
        yield warn(Said.URL_PLAIN, url=url, file=home / "ikrar.env")


def check_backup(home: Path) -> Iterator[Finding]:
    """How old the latest backup is."""
    recipients = home / RECIPIENTS
    if not recipients.exists() or "age1" not in recipients.read_text():
        yield warn(Said.BACKUP_NO_KEY, file=recipients)
    try:
        made = datetime.fromisoformat(json.loads((home / "backup.json").read_text())["at"])
    except (OSError, ValueError, KeyError):
        made = None
    yield judge_backup(clock.now() - made if made else None)
