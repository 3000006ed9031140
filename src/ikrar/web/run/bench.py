"""`ikrar bench`: figures of this machine as JSON, measured on a made-up office in a folder that is deleted afterwards."""

import argparse
import contextlib
import gzip
import json
import os
import platform
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from ikrar.web.bench.load import Call, run_calls
from ikrar.web.run.installation import ask_verb, new_database, prepare_home, run_verb

PUBLIC = {"front": "/", "transparency": "/transparansi/63.10/", "norms": "/norma/"}
MEMBER = {"home": "/beranda/", "pact": "/pakta/"}
BOARD = "/kesiapan/63.10/"
_PARTS = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2|svg|webp|png))"')


def main(arguments: list[str]) -> int:
    """Print one JSON object; progress goes to standard error."""
    parser = argparse.ArgumentParser(prog="ikrar bench", description="Mengukur mesin ini; hasilnya JSON.")
    parser.add_argument("--pacts", type=int, default=400, help="how many members sign while it is measured")
    parser.add_argument("--leaves", type=int, default=100_000, help="how many leaves the log takes")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="ikrar-bench-") as folder:
        home = Path(folder) / "home"
        prepare_home(home)
        with new_database(home) as addresses:
            port = _free_port()
            environment = {
                "IKRAR_HOME": str(home),
                "IKRAR_DEMO": "1",
                "IKRAR_URL": f"http://localhost:{port}",
                "DJANGO_SETTINGS_MODULE": "ikrar.web.settings",
                **addresses,
            }
            figures = _measure(environment, home, port, options.pacts, options.leaves)
    print(json.dumps({"machine": _machine(), **figures}, indent=2))
    return 0


def _measure(environment: dict[str, str], home: Path, port: int, pacts: int, leaves: int) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    began = time.perf_counter()
    _need(run_verb("upgrade", environment=environment) == 0)
    _need(run_verb("web", "create_keys", "--origin", "bench.invalid/log", environment=environment) == 0)
    figures["schema_and_keys_s"] = round(time.perf_counter() - began, 1)
    _say("log …")
    figures["log_z06"] = _ask(environment, "ledger", "bench", "--leaves", str(leaves))
    _say("import …")
    figures["import_z11"] = _ask(environment, "web", "bench_roster")
    _say("demo …")
    began = time.perf_counter()
    _need(ask_verb("web", "fill_demo", "--unsigned", str(pacts), environment=environment) is not None)
    figures["demo_fill_s"] = round(time.perf_counter() - began, 1)
    _say("phones …")
    ready = _ask(environment, "web", "bench_pacts", "--limit", str(pacts))
    with _served(environment, port):
        _say("requests …")
        figures |= _measure_requests(port, ready, environment, home)
    return figures


def _measure_requests(port: int, ready: dict[str, Any], environment: dict[str, str], home: Path) -> dict[str, Any]:
    officer, members = ready["officer"], ready["members"]
    half = len(members) // 2
    figures: dict[str, Any] = {
        "pact_z04": {
            "one_client": run_calls(port, [_signature(each) for each in members[:half]], clients=1),
            "sixteen_clients": run_calls(port, [_signature(each) for each in members[half:]], clients=16),
        },
        "board_169_bodies": run_calls(port, [Call("GET", BOARD, officer)] * 60, clients=1),
        "public_front": run_calls(port, [Call("GET", "/")] * 200, clients=4),
    }
    signer = members[0]["cookie"]
    figures["bytes_z13"] = {
        **{name: _first_load(port, path, "") for name, path in PUBLIC.items()},
        **{f"member_{name}": _first_load(port, path, signer) for name, path in MEMBER.items()},
    }
    figures["verify_z07"] = _measure_verify(port, members[0], environment, home)
    return figures


def _signature(member: dict[str, str]) -> Call:
    body = {name: member[name] for name in ("statement", "signature", "pin")}
    return Call("POST", "/api/v1/pact/signatures", member["cookie"], body, status=201)


def _first_load(port: int, path: str, cookie: str) -> dict[str, int]:
    """Bytes that a browser gets at its first visit: the page and what it names, compressed; fonts apart."""
    page = _fetch(port, path, cookie)
    parts = {name: _fetch(port, name, "") for name in sorted(set(_PARTS.findall(page.decode())))}
    other = sum(len(gzip.compress(data)) for name, data in parts.items() if not name.endswith(".woff2"))
    fonts = sum(len(data) for name, data in parts.items() if name.endswith(".woff2"))
    return {"page": len(gzip.compress(page)), "parts": other, "fonts": fonts}


def _fetch(port: int, path: str, cookie: str, data: bytes | None = None) -> bytes:
    """The body of an answer, sent as a form where there are `data`. Raises: HTTPError with the path in its text."""
    headers = {"Host": f"localhost:{port}", "Sec-Fetch-Site": "same-origin"}
    if cookie:
        headers["Cookie"] = f"ikrar_sesi={cookie}"
    asked = Request(f"http://127.0.0.1:{port}{path}", data=data, headers=headers)
    try:
        with urlopen(asked, timeout=60) as answer:  # noqa: S310 - our own server
            return bytes(answer.read())
    except HTTPError as error:
        error.msg = f"{error.msg}: {path}"
        raise


def _measure_verify(port: int, member: dict[str, str], environment: dict[str, str], home: Path) -> dict[str, Any]:
    """One receipt from the member's own page; `ikrar verify` with its start, median of five."""
    file = home / "tanda-bukti.pdf"
    began = time.perf_counter()
    file.write_bytes(_receipt(port, member["cookie"]))
    made, took = time.perf_counter() - began, []
    for _ in range(5):
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "ikrar", "verify", str(file), "--policy", str(home / "policy.txt")],
            env={**os.environ, **environment},
            check=False,
            stdout=subprocess.DEVNULL,
        )
        took.append(time.perf_counter() - began)
        _need(done.returncode == 0)
    return {"sealed_pdf_s": round(median(took), 3), "bytes": file.stat().st_size, "receipt_made_s": round(made, 3)}


def _receipt(port: int, cookie: str) -> bytes:
    """Ask again until the log has the signature's leaf."""
    for _ in range(100):
        with contextlib.suppress(OSError):
            data = _fetch(port, "/pakta/tanda-bukti/", cookie, b"")
            if data.startswith(b"%PDF"):
                return data
        time.sleep(0.2)
    raise SystemExit("The receipt did not come.")


@contextlib.contextmanager
def _served(environment: dict[str, str], port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "ikrar", "serve", "--port", str(port)]
    external = {**os.environ, **environment, "IKRAR_EMBEDDED": "0"}
    server = subprocess.Popen(command, env=external, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            _fetch(port, "/healthz", "")
            return
        _need(server.poll() is None)
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def _ask(environment: dict[str, str], *verb: str) -> Any:
    said = ask_verb(*verb, environment=environment)
    if said is None:
        raise SystemExit("The bench stopped; the reason stands above.")
    return json.loads(said)


def _need(good: bool) -> None:
    if not good:
        raise SystemExit("The bench stopped; the reason stands above.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _machine() -> dict[str, Any]:
    load = round(os.getloadavg()[0], 1)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_average_at_the_end": load,
    }


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
