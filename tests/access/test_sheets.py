"""The two sheets: printed from what the page shows once, refused for anything else."""

from io import BytesIO

import pikepdf
import pytest

from access.hands import browser, invite, set_up
from world import World, officer

pytestmark = [pytest.mark.django_db, pytest.mark.row("X04"), pytest.mark.slow]


def test_the_recovery_sheet_is_a_paper(world: World) -> None:
    client = browser()
    _, codes = set_up(client, invite(world.admin).code)
    answer = client.post("/akun/lembar-pemulihan/", {"code": codes})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert len(pikepdf.open(BytesIO(answer.content)).pages) == 1


def test_codes_that_are_not_the_officers_own_are_not_printed(world: World) -> None:
    client = browser()
    _, codes = set_up(client, invite(world.admin).code)
    for wrong in (codes[:9], [*codes[:9], codes[0]], [*codes[:9], "AAAA-AAAA"], []):
        assert client.post("/akun/lembar-pemulihan/", {"code": wrong}).status_code == 404
    assert world.client(world.legal).post("/akun/lembar-pemulihan/", {"code": codes}).status_code == 404


def test_the_invitation_is_a_paper_until_it_is_used(world: World) -> None:
    made, admin = invite(world.admin), world.client(world.admin)
    sheet = {"code": made.code}
    assert admin.post("/kantor/orang/lembar-undangan/", sheet).content.startswith(b"%PDF-")
    elsewhere = officer("ADMIN", "75.71.", "Yusran Nantu")
    assert world.client(elsewhere).post("/kantor/orang/lembar-undangan/", sheet).status_code == 404
    assert world.client(world.legal).post("/kantor/orang/lembar-undangan/", sheet).status_code == 403
    set_up(browser(), made.code)
    assert admin.post("/kantor/orang/lembar-undangan/", sheet).status_code == 404
