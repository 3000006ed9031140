"""The Caddyfile of docs/deploy, run by a real Caddy in front of a real Ikrar: https, cookies, and who is believed."""

import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from .conftest import Filled
from .prompt import ROOT, environment

pytestmark = pytest.mark.slow
CADDYFILE = ROOT / "docs" / "deploy" / "Caddyfile"
NAME, UPSTREAM = "ikrar.kpu-contoh.go.id", "127.0.0.1:8000"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def wait_until(condition: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not come up"
        time.sleep(0.1)


@dataclass
class Proxy:
    """A Caddy that runs our file for `localhost`."""

    port: int
    trust: ssl.SSLContext

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.trust, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, named)
        return connection.getresponse()


@contextmanager
def caddy(place: Path, upstream: int) -> Iterator[Proxy]:
    """The file as it is shipped; only name, upstream and the source of the certificate are those of this machine."""
    if not shutil.which("caddy"):
        pytest.skip("caddy is not installed: the example for HTTPS is NOT tested here (apt install caddy)")
    port = free_port()
    text = CADDYFILE.read_text()
    assert text.count(NAME) == 1
    assert text.count(UPSTREAM) == 1
    text = text.replace(NAME, f"https://localhost:{port}").replace(UPSTREAM, f"127.0.0.1:{upstream}")
    text = text.replace("\tencode", "\ttls internal\n\tencode", 1)
    lines = ("admin off", "skip_install_trust", "auto_https disable_redirects", f"storage file_system {place}/caddy")
    options = "{\n" + "".join(f"\t{line}\n" for line in lines) + "}\n"
    (place / "Caddyfile").write_text(options + text)
    command = ["caddy", "run", "--config", str(place / "Caddyfile"), "--adapter", "caddyfile"]
    log = (place / "caddy.log").open("wb")
    own = {"HOME": str(place), "PATH": os.environ["PATH"]}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log, env=own)
    try:
        root = place / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        wait_until(lambda: root.exists() and _has_certificate(port))
        yield Proxy(port, ssl.create_default_context(cafile=str(root)))
    finally:
        process.terminate()
        process.wait(timeout=10)


def _has_certificate(port: int) -> bool:
    try:
        return bool(ssl.get_server_certificate(("localhost", port), timeout=5))
    except OSError:
        return False


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers it was sent."""

    def do_GET(self) -> None:
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        pass


def test_ikrar_is_told_of_https_by_the_proxy_and_by_nobody_else(tmp_path: Path) -> None:
    upstream = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    with caddy(tmp_path, upstream.server_port) as proxy:
        forged = {"X_Forwarded_Proto": "http", "X_Forwarded_For": "203.0.113.9", "X_Forwarded_Host": "evil.example"}
        seen = json.loads(proxy.ask("GET", "/", **forged).read())
        assert seen["x-forwarded-proto"] == "https"
        assert "203.0.113.9" not in seen["x-forwarded-for"]
        assert "evil" not in seen["x-forwarded-host"]
        assert seen["host"] == f"localhost:{proxy.port}"
        large = "x" * (26 * 1024 * 1024)
        assert _status_or_cut(proxy, large) in (413, 502)  # 502 in Caddy before 2.7
        assert _status_or_cut(proxy, "x" * 1024 * 1024) == 200
    upstream.shutdown()


def _status_or_cut(proxy: Proxy, body: str) -> int:
    """The status of a post that is too large; a proxy may also hang up while it is still being sent."""
    try:
        return proxy.ask("POST", "/", body).status
    except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
        return 413


@pytest.fixture
def served(filled: Filled, tmp_path: Path) -> Iterator[Proxy]:
    """The filled installation, served under https://localhost:PORT through Caddy."""
    inner = free_port()
    with caddy(tmp_path, inner) as proxy:
        known = environment(filled.home, IKRAR_URL=f"https://localhost:{proxy.port}", IKRAR_STATIC="build")
        command = [sys.executable, "-m", "ikrar", "serve", "--port", str(inner), "--workers", "1"]
        process = subprocess.Popen(command, env=known, stdout=subprocess.DEVNULL)
        try:
            wait_until(lambda: socket.socket().connect_ex(("127.0.0.1", inner)) == 0 or process.poll() is not None)
            assert process.poll() is None
            wait_until(lambda: proxy.ask("GET", "/healthz").status == 200)
            yield proxy
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.mark.row("X01")
def test_pages_and_cookies_work_through_the_proxy(served: Proxy) -> None:
    front = served.ask("GET", "/")
    assert front.status == 200
    assert front.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "default-src 'none'" in front.headers["Content-Security-Policy"]
    assert front.headers.get("Set-Cookie") is None
    assert "<h1" in front.read().decode()
    packed = served.ask("GET", "/norma/", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    own = f"https://localhost:{served.port}"
    form = {"Content_Type": "application/x-www-form-urlencoded", "Origin": own, "Sec_Fetch_Site": "same-origin"}
    wrong = served.ask("POST", "/masuk/", "username=murjani.uji&password=mangga+jatuh+di+kebun", **form)
    assert wrong.status in (302, 303)
    cookie = wrong.headers["Set-Cookie"]
    assert cookie.startswith("__Host-")
    for flag in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert flag in cookie
    assert "Domain" not in cookie
    next_page = served.ask("GET", wrong.headers["Location"], Cookie=cookie.split(";")[0])
    assert next_page.status == 200
    strange = form | {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"}
    assert served.ask("POST", "/masuk/", "username=x", **strange).status == 403
