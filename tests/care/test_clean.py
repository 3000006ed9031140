"""The hourly cleaning deletes what has outlived its time, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from ikrar.access.actions import drop_old_sessions
from ikrar.access.models import Account, Grant, MemberAccess, Session
from ikrar.core import clock, ids

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)


def session(ended: timedelta, **of: object) -> str:
    """A session that expired so long ago."""
    at = NOW - ended
    made = Session.objects.create(
        token_hash=ids.new_secret(32), created_at=at, seen_at=at, proven_at=at, expires_at=at, **of
    )
    return str(made.pk)


def test_old_sessions_go_and_known_browsers_stay() -> None:
    member = MemberAccess.objects.create(subject=ids.new_uuid(), role="PPS_MEMBER", path="63.10.05.2001.")
    account = Account.objects.create(username="sari", name="Sari", created_at=NOW)
    grant = Grant.objects.create(account=account, role="ADMIN", path="63.10.", from_on=NOW.date(), granted_by="x")
    officer = {"account": account, "grant": grant}
    kept = {session(timedelta(days=29), member=member), session(timedelta(days=399), **officer)}
    session(timedelta(days=31), member=member)
    session(timedelta(days=401), **officer)
    with clock.travel(NOW):
        assert drop_old_sessions() == 2
    assert {str(pk) for pk in Session.objects.values_list("pk", flat=True)} == kept


def test_the_command_cleans() -> None:
    member = MemberAccess.objects.create(subject=ids.new_uuid(), role="PPS_MEMBER", path="63.10.05.2001.")
    session(timedelta(days=31), member=member)
    with clock.travel(NOW):
        call_command("web", "clean")
    assert not Session.objects.exists()
