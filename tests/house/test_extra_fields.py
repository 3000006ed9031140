"""What a page did not ask for is not taken from it, however it is sent (ASVS 15.3.3)."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from house.posts import BODIES
from ikrar.access.models import DeviceKey
from ikrar.core import clock
from ikrar.registry.models import Membership, Person
from pact.acting import Phone
from world import World, build_world, seat_cast

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
EXTRA = {
    "id": "1", "pk": "1", "path": "75.71.", "body": "75.71.01", "person": "1", "election": "1", "office": "1", "rank": "9",
    "sworn_on": "2026-06-01", "identity_checked_at": "2026-06-01", "identity_checked_by": "x", "relied_on_at": "2026-06-01",
    "voided_at": "2026-06-01", "ended_on": "2026-06-01", "nik_enc": "x", "nik_index": "x", "nik_last4": "9999",
    "phone_masked": "x", "folded": "x",
}


@pytest.fixture
def world() -> Iterator[World]:
    with clock.travel(NOON):
        made = build_world()
        seat_cast(made)
        yield made


def test_a_form_takes_only_its_own_fields(world: World) -> None:
    row = world.members["pps-1"]
    hidden = [name for name in EXTRA if hasattr(row, name)]
    before = Membership.objects.filter(pk=row.pk).values(*hidden).get()
    person = Person.objects.filter(pk=row.person_id).values("path", "office", "nik_last4", "phone_masked").get()
    typed = {**EXTRA, **BODIES["orang/<uuid:member>/"](None, "", {"member": row.pk}), "position": "MEMBER"}  # type: ignore[arg-type]
    answer = world.client(world.legal).post(f"/orang/{row.pk}/", {**typed, "decree_number": "98 Tahun 2026"})
    assert answer.status_code == 302
    assert Membership.objects.get(pk=row.pk).decree_number == "98 Tahun 2026"
    assert Membership.objects.filter(pk=row.pk).values(*hidden).get() == before
    assert Person.objects.filter(pk=row.person_id).values("path", "office", "nik_last4", "phone_masked").get() == person


def test_the_api_takes_only_its_own_fields(world: World) -> None:
    phone = Phone(world.client(world.member("pps-1")))
    other = str(world.members["pps-2"].pk)
    spki = base64.b64encode(phone.spki).decode()
    answer = phone.post("/keys", {"spki": spki, "subject": other, "path": "75.71.", "revoked_at": "2026-01-01"})
    assert answer.status_code == 201
    key = DeviceKey.objects.get()
    assert (str(key.subject), key.path, key.revoked_at) == (str(world.members["pps-1"].pk), "63.10.05.2002.", None)
