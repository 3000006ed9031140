"""Rows P05, X11: the officer's pages of the pact: six states, texts without names, sheets, and paper pacts."""

import io
import re
from datetime import date
from typing import Any

import pikepdf
import pytest
from PIL import Image

from ikrar.core.formats import plain_date
from ikrar.pact.models import PaperEntry, Signature
from ikrar.registry.actions import issue_links, note_oaths, report_not_mine, show_links
from ikrar.registry.models import Link
from pact.acting import Phone, let_in
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("P05")]


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def states(world: World) -> dict[str, int]:
    answer = world.client(world.legal).get("/pakta/")
    return {state.value: n for state, n in answer.context["page"].counts if n}


def test_the_six_states_add_up_to_all_who_have_not_signed(world: World, phone: Phone) -> None:
    page = world.client(world.legal).get("/pakta/").context["page"]
    assert (page.members, page.signed, sum(n for _, n in page.counts)) == (5, 0, 5)
    phone.send(phone.statement(phone.open()))
    page = world.client(world.legal).get("/pakta/").context["page"]
    assert (page.signed, sum(n for _, n in page.counts)) == (1, 4)


def test_each_state_is_told_apart(world: World) -> None:
    note_oaths([world.members[key].pk for key in ("pps-1", "pps-chair", "ppk-chair")], date(2026, 6, 1))
    assert states(world) == {"NO_DATA": 2, "NOT_OPENED": 3}
    issue_links(actor=world.legal, membership_ids=[world.members["pps-chair"].pk])
    report_not_mine(
        secret=show_links(actor=world.legal, membership_ids=[world.members["pps-chair"].pk], how="text")[0].token
    )
    assert states(world) == {"NO_DATA": 2, "NOT_OPENED": 2, "LOCKED": 1}
    Phone(let_in(world)).post("/declines", {"points": [10], "reason": "Saya guru honorer."})
    assert states(world) == {"NO_DATA": 2, "NOT_OPENED": 1, "LOCKED": 1, "DECLINED": 1}
    note_oaths([world.members["ppk-chair"].pk], None)
    assert states(world)["AWAITING_OATH"] == 1


@pytest.mark.row("X11")
def test_texts_are_made_ready_and_name_nobody(world: World) -> None:
    note_oaths([world.members["pps-1"].pk], date(2026, 6, 1))
    answer = world.client(world.legal).post("/pakta/siapkan/", {"do": "texts", "m": [str(world.members["pps-1"].pk)]})
    (text,) = answer.context["texts"]
    assert text.text.startswith("Bapak/Ibu anggota PPS Manuntung, pakta integritas Bapak/Ibu menunggu tanda tangan.")
    assert "Jamilah" not in text.text
    assert re.search(r"/m/#[0-9A-Z]{4}(-[0-9A-Z]{3,4}){6}\n", text.text)
    assert text.text.split("/m/#")[1].split("\n")[0] not in text_of(answer)
    assert Link.objects.get().shown_at is not None


def test_only_people_who_can_be_written_to_get_a_text(world: World) -> None:
    everybody = [str(row.pk) for row in world.members.values()]
    answer = world.client(world.legal).post("/pakta/siapkan/", {"do": "texts", "m": everybody})
    assert answer.status_code == 302
    assert not Link.objects.exists()


@pytest.mark.row("X11")
def test_sheets_carry_codes_for_whom_they_can(world: World) -> None:
    note_oaths([world.members["pps-1"].pk], date(2026, 6, 1))
    chosen = {"do": "sheets", "m": [str(world.members["pps-1"].pk)]}
    answer = world.client(world.legal).post("/pakta/siapkan/", chosen)
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1
    assert Link.objects.count() == 2  # Suprapti has no NIK


def test_pacts_to_sign_by_hand_are_one_page_a_member(world: World) -> None:
    chosen = {"do": "pacts", "m": [str(world.members["pps-1"].pk)]}
    answer = world.client(world.legal).post("/pakta/siapkan/", chosen)
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 3


def test_a_reissue_asks_for_a_reason(world: World) -> None:
    address = f"/pakta/tautan/{world.members['pps-1'].pk}/terbitkan-ulang/"
    client = world.client(world.legal)
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "ponsel hilang"}).status_code == 302
    assert Link.objects.count() == 1


def test_the_reason_is_on_a_page_of_its_own(world: World) -> None:
    Phone(let_in(world)).post("/declines", {"points": [10], "reason": "Saya guru honorer."})
    address = f"/pakta/alasan/{world.members['pps-1'].pk}/"
    assert "Saya guru honorer." in text_of(world.client(world.hr).post(address))
    assert "Saya guru honorer." not in text_of(world.client(world.hr).get("/pakta/"))
    assert world.client(world.chair).post(address).status_code == 403
    assert world.client(world.stranger).post(address).status_code == 404


def photo() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(out, "JPEG")
    out.name = "pakta.jpg"
    out.seek(0)
    return out


def typed(world: World, day: str = "2026-11-20", **more: Any) -> dict[str, Any]:
    return {"person": str(world.members["pps-1"].pk), "version": "2026-1", "has_ink": "yes", "day": day, **more}


def test_a_paper_pact_goes_through_two_accounts(world: World) -> None:
    note_oaths([world.members["pps-1"].pk], date(2026, 6, 1))
    first, second = world.client(world.hr), world.client(world.legal)
    made = first.post("/pakta/kertas/baru/?badan=63.10.05.2002", typed(world, scan=photo()))
    assert made.status_code == 302, text_of(made)
    address = f"/pakta/kertas/{PaperEntry.objects.get().pk}/"
    page = text_of(second.get(address))
    assert plain_date(date(2026, 11, 20)) not in page
    version = {"entry_version": 1}
    assert second.post(address, typed(world, "2026-11-21", **version)).status_code == 302
    assert plain_date(date(2026, 11, 20)) in text_of(second.get(address))
    assert second.post(address, typed(world, entry_version=2)).status_code == 422
    assert not Signature.objects.exists()
    assert second.post(f"{address}kembalikan/", {"reason": "tanggal?", "version": "2"}).status_code == 302
    assert first.post(f"{address}betulkan/", typed(world, entry_version=3)).status_code == 302
    assert plain_date(date(2026, 11, 20)) not in text_of(second.get(address))
    assert second.post(address, typed(world, entry_version=4)).status_code == 302
    assert Signature.objects.get().level == "D"
    assert first.get(address).status_code == 200


def test_who_looked_at_an_older_state_of_a_paper_changes_nothing(world: World) -> None:
    note_oaths([world.members["pps-1"].pk], date(2026, 6, 1))
    first, second = world.client(world.hr), world.client(world.legal)
    first.post("/pakta/kertas/baru/?badan=63.10.05.2002", typed(world, scan=photo()))
    address = f"/pakta/kertas/{PaperEntry.objects.get().pk}/"
    assert '<input type="hidden" name="version" value="1">' in first.get(address).text
    second.post(address, typed(world, "2026-11-21", entry_version=1))
    assert first.post(f"{address}kesampingkan/", {"reason": "buram", "version": "1"}).status_code == 409
    assert second.post(f"{address}kembalikan/", {"reason": "tanggal 20", "version": "1"}).status_code == 409
    assert PaperEntry.objects.get().state == "DIFFERS"
    assert '<input type="hidden" name="version" value="2">' in second.get(address).text
    assert second.post(f"{address}kembalikan/", {"reason": "tanggal 20", "version": "2"}).status_code == 302
    assert first.post(f"{address}kesampingkan/", {"reason": "buram", "version": "3"}).status_code == 302
    assert PaperEntry.objects.get().state == "DISCARDED"


def test_the_first_officer_cannot_be_the_second(world: World) -> None:
    note_oaths([world.members["pps-1"].pk], date(2026, 6, 1))
    first = world.client(world.hr)
    first.post("/pakta/kertas/baru/?badan=63.10.05.2002", typed(world, scan=photo()))
    address = f"/pakta/kertas/{PaperEntry.objects.get().pk}/"
    answer = first.post(address, typed(world, entry_version=1))
    assert answer.status_code == 200
    assert not Signature.objects.exists()


def test_what_is_wrong_on_a_sheet_is_said_at_its_field(world: World) -> None:
    note_oaths([world.members["pps-1"].pk], date(2026, 6, 1))
    answer = world.client(world.hr).post(
        "/pakta/kertas/baru/?badan=63.10.05.2002", typed(world, "2026-12-24", scan=photo())
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["day"]


@pytest.mark.parametrize("path", ["/pakta/", "/pakta/kertas/"])
def test_who_may_not_is_told(world: World, path: str) -> None:
    assert world.client(world.supervisor).get(path).status_code == 403
    assert world.client(world.stranger).get("/pakta/kertas/baru/?badan=63.10.05.2002").status_code == 404
