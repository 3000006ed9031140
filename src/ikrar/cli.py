"""The command `ikrar`: finds the installation, then hands the verb to the one module that knows it."""

import os
import sys
from importlib import import_module
from pathlib import Path

# Verb -> module with `main(arguments) -> exit code`. Loaded by name, so that `ikrar verify` starts without Django.
VERBS = {
    "verify": "ikrar_proof.cli",
    "demo": "ikrar.web.run.demo",
    "init": "ikrar.web.run.init",
    "serve": "ikrar.web.run.serve",
    "upgrade": "ikrar.web.run.upgrade",
    "check": "ikrar.web.run.check",
    "backup": "ikrar.web.run.backup",
    "restore": "ikrar.web.run.restore",
    "bench": "ikrar.web.run.bench",
    "access": "ikrar.web.run.manage",
    "ledger": "ikrar.web.run.manage",
    "registry": "ikrar.web.run.manage",
    "norms": "ikrar.web.run.manage",
    "web": "ikrar.web.run.manage",
    "makemigrations": "ikrar.web.run.manage",
}
# These need no installation, or make one in a folder that they are told.
FIND_THEIR_OWN = ("verify", "demo", "init", "restore")
NEED_ONE = ("serve", "upgrade", "check", "backup", "access", "ledger", "registry")
USAGE = """Usage: ikrar VERB …

  demo                 an installation with made-up people, to look around in
  init --region CODE   make an installation for a KPU office
  serve                serve it
  upgrade              bring the database up to this version
  check                say what is wrong with the installation, and how to mend it
  backup, restore      one encrypted file with everything
  access link NAME     a new one-time link for an officer who is locked out
  registry import FILE a roster from a spreadsheet
  norms show ID        a norm as worded on a day (--as-of)
  ledger fsck          compare log, openings and tables
  verify FILE          check a receipt, with no network and no database
  bench                measure
"""


def home() -> Path:
    """The installation's folder."""
    return Path(os.environ.get("IKRAR_HOME") or Path.home() / ".ikrar").resolve()


def load_environment(folder: Path) -> None:
    """Read the installation's settings (`NAME=value` lines); what the environment already says wins."""
    file = folder / "ikrar.env"
    if file.exists():
        for line in file.read_text().splitlines():
            name, separator, value = line.partition("=")
            if separator and not name.startswith("#"):
                os.environ.setdefault(name.strip(), value.strip())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikrar.web.settings")
    if os.environ.get("IKRAR_EMBEDDED") == "1":
        installation = import_module("ikrar.web.run.installation")
        os.environ.update(installation.embedded_addresses(installation.embedded_server(folder)))


def main() -> int:
    """Exit 0 yes, 1 no with the reason on standard error, 2 unusable input."""
    if len(sys.argv) < 2 or sys.argv[1] not in VERBS:
        print(USAGE, file=sys.stderr, end="")
        return 0 if sys.argv[1:] in (["--help"], ["-h"], ["help"]) else 2
    verb = sys.argv[1]
    if verb not in FIND_THEIR_OWN:
        os.environ["IKRAR_HOME"] = str(home())
        load_environment(home())
    if verb in NEED_ONE and "IKRAR_DATABASE_URL" not in os.environ:
        print(f"Belum ada pemasangan di {home()}. Buat dengan `ikrar init`, atau tunjuk dengan IKRAR_HOME.", file=sys.stderr)
        return 2
    arguments = sys.argv[1:] if VERBS[verb].endswith(".manage") else sys.argv[2:]
    try:
        return int(import_module(VERBS[verb]).main(arguments) or 0)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
