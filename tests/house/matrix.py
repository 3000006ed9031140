"""Reads access.csv, walks the routes, and asks every cell."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from house.places import RELATIONS, ROLES, Stage
from ikrar.access import sessions
from ikrar.core.http import Gate
from ikrar.web.api import api
from world import SAME_ORIGIN

FILE = Path(__file__).with_name("access.csv")
METHODS = ("GET", "POST", "PUT")
# Pages that show protected data in clear: each look leaves a record (T-28).
GUARDED = {"orang/<uuid:member>/lihat/", "pakta/alasan/<uuid:member>/"}
# Django-ninja's own root, which nobody declared: the middleware answers 404.
UNDECLARED = {"api/v1/"}
API = "api/v1"
_PARAM = re.compile(r"<(?:[a-z]+:)?([a-z_0-9]+)>")
Cells = dict[str, str]


@dataclass(frozen=True)
class Table:
    """The csv: (route, method, role) -> what is expected for each relation; and the lines as they stand."""

    cells: dict[tuple[str, str, str], Cells] = field(default_factory=dict)
    lines: list[tuple[str, str, tuple[str, ...], Cells]] = field(default_factory=list)

    def methods(self, route: str) -> set[str]:
        """The methods for which a route has lines."""
        return {method for known, method, _ in self.cells if known.partition("?")[0] == route}

    @property
    def routes(self) -> set[str]:
        """The routes, without the query that a line may add."""
        return {route.partition("?")[0] for route, _, _ in self.cells}


def read_table() -> Table:
    """The csv with its groups expanded; a role that stands twice for one route and method is an error."""
    text = FILE.read_text("utf-8").splitlines()
    groups = {role: (role,) for role in ROLES}
    for line in text:
        if line.startswith("#= "):
            name, _, members = line[3:].partition(":")
            groups[name] = tuple(role for member in members.split() for role in groups[member])
    table = Table()
    for row in csv.DictReader(line for line in text if line.strip() and not line.startswith("#")):
        roles = tuple(role for name in row["role"].split("+") for role in groups[name])
        cells = {relation: row[relation] for relation in RELATIONS}
        table.lines.append((row["route"], row["method"], roles, cells))
        for role in roles:
            key = (row["route"], row["method"], role)
            assert key not in table.cells, f"stands twice: {key}"
            table.cells[key] = cells
    return table


def pages(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every route of the resolver with its view; those of the API come from `operations`."""
    for entry in patterns or get_resolver().url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from pages(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


def operations() -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Every operation of the API: route as the resolver writes it, method, function."""
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            route = f"{API}{prefix}{path}".replace("{", "<").replace("}", ">")
            for operation in view.operations:
                for method in operation.methods:
                    yield route, method, operation.view_func


def declared() -> dict[str, set[str]]:
    """Route -> the methods that its gate lets through."""
    found: dict[str, set[str]] = {}
    for route, method, _ in operations():
        found.setdefault(route, set()).add(method)
    for route, view in pages():
        gate: Gate | None = getattr(view, "gate", None)
        if gate and route not in found:
            found[route] = set(gate.methods)
    return found


@dataclass(frozen=True)
class Asked:
    """One cell with its answer, and what an inspector found in it; the answer itself is not kept."""

    route: str
    method: str
    role: str
    relation: str
    expected: str
    got: str
    found: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.role}/{self.relation}: expected {self.expected}, got {self.got}"


def said(response: Any) -> str:
    """The status as the csv writes it."""
    address = urlsplit(response.headers.get("Location", ""))
    if response.status_code == 302 and address.path == "/masuk/":
        return "masuk"
    return str(response.status_code)


class Writes:
    """The statements that change something, but for what every session notes of itself: when it was seen, its notices."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def note(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """One statement on its way."""
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not sql.startswith('UPDATE "access_session" SET'):
            self.statements.append(sql)
        return execute(sql, params, many, context)


Inspector = Callable[["Asked", HttpResponse], list[str]]


class Matrix:
    """Asks every cell of the table, then the methods without lines; each request is rolled back."""

    def __init__(
        self, stage: Stage, kinds: dict[str, str], bodies: dict[str, Callable[..., Any]], inspectors: list[Inspector]
    ) -> None:
        self.stage, self.kinds, self.bodies, self.inspectors = stage, kinds, bodies, inspectors
        self.table = read_table()
        self.drawn: set[tuple[str, int]] = set()
        self.factory = RequestFactory(headers=SAME_ORIGIN)
        # The handler without Django's test client, which keeps the context of every template.
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def ask_all(self) -> Iterator[Asked]:
        """One `Asked` a cell. The page of a refusal is drawn once for every role and status, afterwards only answered."""
        with patch("ikrar.core.http.render", self._draw):
            yield from self._all()

    def _draw(self, request: Any, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        kind = (request.actor.role, status)
        if kind in self.drawn:
            return HttpResponse(template, status=status)
        self.drawn.add(kind)
        return render(request, template, context, status=status)

    def _all(self) -> Iterator[Asked]:
        for route, method, roles, cells in self.table.lines:
            for role in roles:
                for relation in RELATIONS:
                    yield from self._ask(Asked(route, method, role, relation, cells[relation], ""))
        for route in sorted(self.table.routes):
            for method in METHODS:
                if method not in self.table.methods(route):
                    yield from (one for role in ROLES for one in self._ask(Asked(route, method, role, "none", "405", "")))

    def _ask(self, cell: Asked) -> Iterator[Asked]:
        things = self.things(cell.route, cell.role, cell.relation)
        exists = None not in things.values() and (bool(things) or cell.relation == "none")
        if exists and cell.expected == "-":
            yield replace(cell, got="such a thing exists")
        elif exists:
            yield self._answer(cell)

    def _answer(self, cell: Asked) -> Asked:
        asked = (cell.route, cell.role, cell.relation)
        given = self.given(*asked) if cell.method == "POST" else {}
        request, writes = self.make_request(cell.role, cell.method, self.address_of(*asked), given), Writes()
        with transaction.atomic():
            with connection.execute_wrapper(writes.note):
                response = self.handler.get_response(request)
            transaction.set_rollback(True)
        answered = replace(cell, got=said(response))
        written = [f"a GET wrote: {sql[:90]}" for sql in writes.statements] if cell.method == "GET" else []
        if answered.got == "200" and cell.route in GUARDED:
            written += [] if any("ledger_accessrecord" in sql for sql in writes.statements) else ["read without a trace"]
        found = written + [each for inspect in self.inspectors for each in inspect(answered, response)]
        return replace(answered, found=tuple(found))

    def fill(self, route: str, value: Callable[[str], str]) -> str:
        """The route with each of its parts filled by name."""
        return _PARAM.sub(lambda match: value(match[1]), route)

    def fill_all(self, route: str, text: str) -> str:
        """The route with all of its parts the same."""
        return self.fill(route, lambda name: text)

    def things(self, route: str, role: str, relation: str) -> dict[str, Any]:
        """What the parts of a route name, for a role and a relation; None where there is no such thing."""
        kinds = {name: self.kinds.get(f"{route} {name}", name) for name in _PARAM.findall(route)}
        return {name: self.stage.find(kind, role, relation) for name, kind in kinds.items()}

    def address_of(self, route: str, role: str, relation: str) -> str:
        """The address that a role asks, or nothing where there is no such thing."""
        things = self.things(route, role, relation)
        return "" if None in things.values() else "/" + self.fill(route, lambda name: str(things[name]))

    def given(self, route: str, role: str, relation: str) -> Any:
        """What is typed there."""
        return self.bodies[route](self.stage, role, self.things(route, role, relation)) if route in self.bodies else {}

    def make_request(self, role: str, method: str, address: str, given: Any) -> Any:
        """A request of a role's browser."""
        if method == "POST" and not address.startswith(f"/{API}/"):
            request = self.factory.post(address, given)
        else:
            request = self.factory.generic(method, address, given or "{}", "application/json")
        if role in self.stage.tokens:
            request.COOKIES[sessions.COOKIE] = self.stage.tokens[role]
        return request
