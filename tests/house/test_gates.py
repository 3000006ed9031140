"""Every route says who may enter it and how; undeclared routes do not exist."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in patterns or get_resolver().url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


def operations(view: Any) -> list[Any]:
    """The view functions behind a django-ninja path view."""
    return [operation.view_func for operation in view.__self__.operations] if hasattr(view, "__self__") else []


@pytest.mark.row("R09")
def test_every_route_has_a_gate() -> None:
    missing = []
    for route, view in routes():
        if hasattr(view, "gate") or route.startswith(("api/v1/openapi.json", "api/v1/docs", "api/v1/$", "api/v1/")):
            continue
        missing.append(route)
    assert missing == []


def test_a_get_changes_nothing_by_its_gate() -> None:
    for route, view in routes():
        gate = getattr(view, "gate", None)
        if gate:
            assert set(gate.methods) <= {"GET", "POST"}, route
