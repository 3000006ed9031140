"""A new version's region sets and bodies come in once, recorded, and nothing else changes."""

import gzip
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ikrar.ledger.models import Entry
from ikrar.regions import law
from ikrar.regions.models import Region
from ikrar.registry.models import Body
from ikrar.web.data import bring_in_data
from world import build_world

pytestmark = pytest.mark.django_db
NEW = "63.10.05.2099"


@pytest.fixture
def later_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A set of the installation's own: the newest one shipped, and one village more."""
    newest = law.sets()[-1]
    folder = tmp_path / "law" / "regions" / "uji-2027"
    shutil.copytree(law.DATA / newest.id, folder)
    (folder.parent / "sets.yaml").write_text(
        yaml.safe_dump({"sets": [{"id": "uji-2027", "title": "Uji", "from": date(2027, 1, 1), "conf": "A"}]})
    )
    _add_village(folder)
    monkeypatch.setenv("IKRAR_LAW_DIR", str(tmp_path / "law"))
    law.sets.cache_clear()
    yield
    law.sets.cache_clear()


def _add_village(folder: Path) -> None:
    file = folder / "villages.csv.gz"
    text = gzip.decompress(file.read_bytes()).decode()
    header = text.splitlines()[0].split(",")
    row = {"code": NEW, "name": "Desa Uji"}
    file.write_bytes(
        gzip.compress((text.rstrip("\n") + "\n" + ",".join(row.get(n, "") for n in header) + "\n").encode())
    )


@pytest.mark.row("X02")
def test_a_later_set_brings_a_village_and_its_body_once(tmp_path: Path, request: Any) -> None:
    world = build_world()
    assert bring_in_data(tmp_path) == (0, 0)
    bodies, entries = Body.objects.count(), Entry.objects.count()
    request.getfixturevalue("later_set")
    regions, formed = bring_in_data(tmp_path)
    assert (regions >= 1, formed) == (True, 1)
    village = Region.objects.get(code=NEW)
    assert (village.valid_from, Body.objects.get(region=village).election_id) == (date(2027, 1, 1), world.election.pk)
    assert Body.objects.count() == bodies + 1
    kinds = list(Entry.objects.order_by("-id").values_list("kind", flat=True)[:2])
    assert kinds == ["registry.bodies_formed", "regions.loaded"]
    assert bring_in_data(tmp_path) == (0, 0)
    assert Entry.objects.count() == entries + 2
