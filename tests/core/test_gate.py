"""The front gate: undeclared routes do not exist, writes come from here, public pages set no cookie."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_health_answers() -> None:
    assert Client().get("/healthz").json() == {"status": "ok"}


def test_a_method_that_was_not_declared_is_refused() -> None:
    assert Client().put("/healthz").status_code == 403
    assert Client().put("/healthz", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 405


def test_a_write_from_elsewhere_is_refused() -> None:
    answer = Client().post("/healthz", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403


@pytest.mark.row("X14")
def test_public_pages_set_no_cookie_and_carry_the_headers() -> None:
    answer = Client().get("/healthz")
    assert not answer.cookies
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
