"""`ikrar demo`: an installation of made-up people in `.ikrar-demo/`, filled through the users' own actions."""

import argparse
import os
import secrets
import shutil
import time
from pathlib import Path

from ikrar.core import clock
from ikrar.web.run import serve
from ikrar.web.run.installation import (
    FOLDERS,
    Busy,
    embedded_server,
    hold,
    new_database,
    offer_policy,
    prepare_home,
    run_verb,
    write_environment,
)

BUSY = "Simulasi ini sudah berjalan di jendela lain. Pakai yang itu, atau hentikan dahulu dengan Ctrl-C."


def main(arguments: list[str]) -> int:
    """Fill the demo where it is missing, then serve it until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="ikrar demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--seed", default="ikrar")
    parser.add_argument("--fill-only", action="store_true", help="fill, then stop")
    options = parser.parse_args(arguments)
    home = Path(os.environ.get("IKRAR_DEMO_HOME") or Path.cwd() / ".ikrar-demo").resolve()
    started_at = time.monotonic()
    serve.listen_for_stop()
    prepare_home(home)
    if not (home / "filled").exists():
        _begin_anew(home)
    _say("Basis data dinyalakan …")
    try:
        with new_database(home) as addresses:
            environment = {
                "IKRAR_HOME": str(home),
                "IKRAR_DEMO": "1",
                "IKRAR_URL": f"http://localhost:{options.port}",
                "DJANGO_SETTINGS_MODULE": "ikrar.web.settings",
                **addresses,
            }
            write_environment(home, environment)
            os.environ.update(environment)
            _fill(home, environment, options.seed)
            if options.fill_only:
                return 0
            _say(f"Siap sesudah {time.monotonic() - started_at:.1f} detik.")
            return serve.run(host="127.0.0.1", port=options.port, workers=2)
    except Busy:
        raise SystemExit(BUSY) from None


def _begin_anew(home: Path) -> None:
    """What an interrupted filling left behind: made-up people, of whom nothing needs to be kept."""
    held = hold(home)
    if held is None:
        raise SystemExit(BUSY)
    embedded_server(home).remove()
    for name in (*FOLDERS, "postgresql"):
        shutil.rmtree(home / name, ignore_errors=True)
    prepare_home(home)
    held.close()


def _fill(home: Path, environment: dict[str, str], seed: str) -> None:
    mark = home / "filled"
    if run_verb("upgrade", environment=environment):
        raise SystemExit("Basis data simulasi tidak dapat disiapkan.")
    if not mark.exists():
        origin = f"simulasi-{secrets.token_hex(4)}.invalid/{clock.now().year}"
        if run_verb("web", "create_keys", "--origin", origin, environment=environment):
            raise SystemExit("Kunci simulasi tidak dapat dibuat.")
        offer_policy(home)
        _say("Simulasi diisi …")
        if run_verb("web", "fill_demo", "--seed", seed, environment=environment):
            raise SystemExit("Simulasi tidak dapat diisi. Hapus folder .ikrar-demo, lalu coba lagi.")
        mark.write_text("ok\n")


def _say(text: str) -> None:
    print(text, flush=True)
