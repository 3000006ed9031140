"""Every route and every operation of the API says who may enter it and how; undeclared routes do not exist."""

import pytest
from django.test import Client

from house.matrix import UNDECLARED, operations, pages
from ikrar.core.http import Gate


def gates() -> dict[str, Gate | None]:
    """Route (an operation: with its method) -> its gate."""
    behind_api = {route for route, _, _ in operations()}
    found = {route: getattr(view, "gate", None) for route, view in pages() if route not in behind_api}
    return found | {f"{method} {route}": getattr(view, "gate", None) for route, method, view in operations()}


@pytest.mark.row("R09")
def test_every_route_has_a_gate() -> None:
    assert {route for route, gate in gates().items() if gate is None} == UNDECLARED


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(UNDECLARED))
def test_a_route_without_a_gate_does_not_exist(route: str) -> None:
    assert Client().get(f"/{route}").status_code == 404


def test_an_operation_enters_by_its_own_method() -> None:
    assert [route for route, method, view in operations() if view.gate.methods != (method,)] == []


def test_no_gate_lets_other_methods_through_than_get_and_post() -> None:
    assert {route for route, gate in gates().items() if gate and not set(gate.methods) <= {"GET", "POST"}} == set()
