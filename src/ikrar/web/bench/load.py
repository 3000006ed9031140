"""Many requests at once, over kept connections, and what they took."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

HEADERS = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}


@dataclass(frozen=True)
class Call:
    """One request: method, path, cookie token, and JSON or nothing; `status` is the answer that counts as done."""

    method: str
    path: str
    cookie: str = ""
    body: dict[str, Any] | None = None
    status: int = 200


def run_calls(port: int, calls: Sequence[Call], *, clients: int) -> dict[str, float]:
    """Send all calls from so many clients; requests per second, p50 and p99 in ms, and how many did not succeed."""
    shares = [calls[number::clients] for number in range(clients)]
    times: list[float] = []
    failed: list[int] = []
    threads = [threading.Thread(target=_client, args=(port, share, times.append, failed.append)) for share in shares]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    ordered = sorted(times)
    return {
        "requests": len(calls),
        "clients": clients,
        "per_second": round(len(calls) / took, 1),
        "p50_ms": _at(ordered, 0.50),
        "p95_ms": _at(ordered, 0.95),
        "p99_ms": _at(ordered, 0.99),
        "failed": len(failed),
    }


def _at(ordered: Sequence[float], share: float) -> float:
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000, 1) if ordered else 0.0


def _client(port: int, calls: Sequence[Call], took: Callable[[float], None], failed: Callable[[int], None]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for call in calls:
        headers = {**HEADERS, "Host": f"localhost:{port}"}
        if call.cookie:
            headers["Cookie"] = f"ikrar_sesi={call.cookie}"
        began = time.perf_counter()
        connection.request(call.method, call.path, json.dumps(call.body) if call.body is not None else None, headers)
        answer = connection.getresponse()
        answer.read()
        took(time.perf_counter() - began)
        if answer.status != call.status:
            failed(answer.status)
    connection.close()
