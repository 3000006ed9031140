"""What breaks is told without what stood there: no name, NIK, phone or token reaches the log; the page says what is safe."""

import logging
import os
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.test import Client
from django.urls import include, path
from django.utils.module_loading import import_string

from ikrar.core.db.embedded import SUPERUSER, Embedded
from ikrar.core.db.roles import create_roles_and_database
from ikrar.core.http import public
from ikrar.web.urls import handler400, handler404, handler500

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]
NIK, PHONE, NAME, TOKEN = "6310055708960012", "+6281234567010", "Jamilah Ulfah Rambai", "kX8vQ2mN7pLw4TzR9bYc"
SECRETS = (NIK, PHONE, NAME, TOKEN, "Rambai", "6310 0557 0896 0012")


class Member:
    def __repr__(self) -> str:
        return f"<{NAME} {NIK} {PHONE} {TOKEN}>"


@public("GET")
def missing_variable(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(
        "{% load i18n %}{% filter upper %}{{ 'x'|default:member.nothing }}{% endfilter %}{% include member.nothing %}"
    )
    return HttpResponse(page.render({"member": Member()}, request))


@public("GET")
def raised_with_values(request: HttpRequest) -> HttpResponse:
    try:
        int(f"{NIK} {NAME}")
    except ValueError as error:
        raise IntegrityError(f"DETAIL: Failing row contains ({NAME}, {PHONE}, {TOKEN}).") from error
    return render(request, "errors/error.html", {})


urlpatterns: list[Any] = [
    path("hilang/", missing_variable),
    path("nilai/", raised_with_values),
    path("api/v1/nilai/", raised_with_values),
    path("", include("ikrar.web.urls")),
]


@pytest.fixture
def stderr(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """Everything that the handler of the settings writes, at the chattiest level."""
    wanted, out = settings.LOGGING, StringIO()
    formatter = import_string(wanted["formatters"]["quiet"]["()"])(wanted["formatters"]["quiet"]["format"])
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter)
    assert wanted["root"]["handlers"] == ["stderr"]
    assert wanted["handlers"]["stderr"]["formatter"] == "quiet"
    logging.getLogger().addHandler(handler)
    yield out
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.urls("core.test_logs")
@pytest.mark.parametrize("address", ["/hilang/", "/nilai/", "/api/v1/nilai/"])
def test_a_page_that_breaks_tells_the_log_where_and_nothing_of_whom(stderr: StringIO, address: str) -> None:
    answer = Client(raise_request_exception=False).get(address)
    said = stderr.getvalue()
    assert answer.status_code == 500
    assert "test_logs.py" in said
    assert [secret for secret in SECRETS if secret in said or secret in answer.text] == []


@pytest.mark.django_db
@pytest.mark.urls("core.test_logs")
def test_the_page_of_a_bug_speaks_both_languages_and_keeps_the_headers() -> None:
    answer = Client(raise_request_exception=False).get("/nilai/")
    assert "Yang sudah tersimpan sebelumnya tetap ada" in answer.text
    assert "What was stored before is still there" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert Client(raise_request_exception=False).get("/api/v1/nilai/").json()["code"] == "core.broken"


@pytest.mark.django_db
def test_an_address_that_is_not_there_is_answered_in_our_words() -> None:
    answer = Client().get("/tidak/ada/")
    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.text
    assert "This page does not exist" in Client().get("/tidak/ada/?bahasa=en").text


def test_a_message_with_a_long_number_is_masked(stderr: StringIO) -> None:
    logging.getLogger("ikrar.anything").warning("row %s of %s, page 12", "6310 0557 0896 0012", PHONE)
    assert re.fullmatch(
        r"2\d{3}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} WARNING row \[nomor\] of \[nomor\], page 12\n", stderr.getvalue()
    )


def test_an_address_with_an_id_stays_readable(stderr: StringIO) -> None:
    logging.getLogger("ikrar.anything").warning("Not Found: /orang/2ecd0123-4567-4890-930b-591afbd81f0a/")
    assert "/orang/2ecd0123-4567-4890-930b-591afbd81f0a/" in stderr.getvalue()


def test_a_report_of_an_error_holds_no_values() -> None:
    reporter = import_string(settings.DEFAULT_EXCEPTION_REPORTER)
    try:
        Member().nothing  # type: ignore[attr-defined]  # noqa: B018
    except AttributeError as error:
        made = reporter(None, type(error), error, error.__traceback__)
    report = made.get_traceback_text()
    assert "has no attribute 'nothing'" in report
    assert [secret for secret in SECRETS if secret in report + made.get_traceback_html()] == []
    assert made.get_traceback_data() == {}


def test_the_database_keeps_rows_out_of_its_own_log(server: Embedded) -> None:
    name = f"quiet_{os.getpid()}"
    create_roles_and_database(server.url(SUPERUSER, "postgres"), name)
    log = server.folder / "server.log"
    before = log.stat().st_size
    with psycopg.connect(server.url(SUPERUSER, name), autocommit=True) as raw:
        raw.execute("CREATE TABLE t (name text CHECK (name = ''))")
        with pytest.raises(psycopg.errors.CheckViolation):
            raw.execute(f"INSERT INTO t VALUES ('{NAME}')")
    with psycopg.connect(server.url(SUPERUSER, "postgres"), autocommit=True) as raw:
        raw.execute(f'DROP DATABASE "{name}"')
    assert NAME not in log.read_text(errors="replace")[before:]
