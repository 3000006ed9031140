"""Row X04: who works in an office. Nobody gives a role to the own account, above the own place, or beside it."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from access.hands import NOON, PASSWORD, browser, invite, set_up
from ikrar.access.actions import NewOfficer, end_account, give_role, invite_officer, people, reissue_link, revoke_grant
from ikrar.access.models import Account, Grant, Session
from ikrar.access.queries import State, list_people
from ikrar.access.rules import GrantRefusal, NameRefusal
from ikrar.core import clock
from ikrar.core.actor import system
from ikrar.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from ikrar.ledger.models import Entry, Opening
from world import World, officer

pytestmark = [pytest.mark.django_db, pytest.mark.row("X04")]
WANTED = {"name": "H. Murjani Ulin, S.H.", "title": "Ketua Divisi Hukum", "role": "LEGAL_COMMISSIONER"}
REASON = {"akun-reason": "Pindah tugas", "peran-reason": "Pindah tugas"}


def link_of(page: str) -> str:
    """The one-time code that the page shows."""
    found = re.search(r"#((?:[0-9A-Z]{4}-){6}[0-9A-Z]{3})", page)
    assert found, "the page shows no link"
    return found[1]


def test_an_invitation_is_shown_once_and_opens(world: World) -> None:
    admin = world.client(world.admin)
    code = link_of(admin.post("/kantor/orang/undang/", WANTED).text)
    assert code not in admin.get("/kantor/orang/").text
    _, codes = set_up(browser(), code)
    assert len(codes) == 10
    assert Account.objects.get(username="murjani.ulin").grants.get().path == "63.10."


def test_the_list_says_how_far_each_account_is(world: World) -> None:
    made = invite(world.admin)
    states = {row.name: row.state for row in list_people(world.admin, "63.10.")}
    assert states["Murjani Ulin"] is State.INVITED
    set_up(browser(), made.code)
    states = {row.name: row.state for row in list_people(world.admin, "63.10.")}
    assert states["Murjani Ulin"] is State.ACTIVE
    invite(world.admin, "Saidah Bungur", "HR_OFFICER")
    with clock.travel(NOON + timedelta(days=4)):
        states = {row.name: row.state for row in list_people(world.admin, "63.10.")}
    assert states["Saidah Bungur"] is State.EXPIRED


def test_only_an_administrator_sees_and_invites(world: World) -> None:
    for actor in (world.legal, world.chair, world.supervisor):
        client = world.client(actor)
        assert client.get("/kantor/orang/").status_code == 403
        assert client.post("/kantor/orang/undang/", WANTED).status_code == 403
    assert browser().get("/kantor/orang/").status_code == 302


@pytest.mark.parametrize("path", ["63.", "75.71.", "6", "63.10"])
def test_above_and_beside_the_own_place_nobody_is_invited(world: World, path: str) -> None:
    with pytest.raises(NotFound):
        invite(world.admin, path=path)
    assert world.client(world.admin).get(f"/kantor/orang/undang/?kantor={path}").status_code in (404, 200)
    assert not Account.objects.filter(name="Murjani Ulin").exists()


def test_a_place_without_an_office_has_no_officers(world: World) -> None:
    with pytest.raises(NotFound):
        invite(world.admin, path="63.10.05.")


@pytest.mark.parametrize("role", ["SUPERVISOR_PROV", "PPK_CHAIR", "PUBLIC", "SYSTEM", ""])
def test_a_role_that_this_office_has_not_is_refused(world: World, role: str) -> None:
    with pytest.raises(RuleBroken):
        invite(world.admin, role=role)
    answer = world.client(world.admin).post("/kantor/orang/undang/", {**WANTED, "role": role})
    assert answer.status_code == 422
    assert "H. Murjani Ulin, S.H." in answer.text


def test_nobody_gives_a_role_to_the_own_account(world: World) -> None:
    own = Account.objects.get(pk=world.admin.subject)
    with pytest.raises(RuleBroken) as refused:
        give_role(actor=world.admin, account_id=own.pk, role="CHAIR", path="63.10.")
    assert refused.value.code is GrantRefusal.OWN_ROLE
    client = world.client(world.admin)
    assert client.post(f"/kantor/orang/{own.pk}/peran/", {"role": "CHAIR"}).status_code == 422
    assert client.post(f"/kantor/orang/{own.pk}/tautan/").status_code == 422
    assert own.grants.count() == 1


def test_another_offices_people_do_not_exist(world: World) -> None:
    client, other = world.client(world.admin), world.stranger.subject
    grant = Grant.objects.get(account_id=other).pk
    assert client.get(f"/kantor/orang/{other}/").status_code == 404
    assert client.get("/kantor/orang/?kantor=75.71").status_code == 404
    for address in ("tautan", "peran", "akhiri", f"peran/{grant}/akhiri"):
        assert client.post(f"/kantor/orang/{other}/{address}/", REASON).status_code == 404
    own = Account.objects.get(name="Lisnawati").pk
    assert client.post(f"/kantor/orang/{own}/peran/{grant}/akhiri/", REASON).status_code == 404
    assert Grant.objects.get(pk=grant).revoked_at is None


def test_the_province_is_above_and_invisible(world: World) -> None:
    assert world.client(world.admin).get(f"/kantor/orang/{world.supervisor.subject}/").status_code == 404


def test_a_provincial_administrator_reaches_the_regency(world: World) -> None:
    above = officer("ADMIN", "63.", "Kurniawati Damar")
    made = invite_officer(actor=above, new=NewOfficer("Ramlan Ulin", "Staf", "SUPERVISOR_PROV", "63."))
    assert made.role == "SUPERVISOR_PROV"
    invite(above)
    assert "Murjani Ulin" in world.client(above).get("/kantor/orang/?kantor=63.10").text


def test_a_username_is_proposed_and_a_taken_one_is_told(world: World) -> None:
    admin = world.client(world.admin)
    admin.post("/kantor/orang/undang/", WANTED)
    admin.post("/kantor/orang/undang/", WANTED)
    names = Account.objects.filter(name=WANTED["name"]).values_list("username", flat=True)
    assert sorted(names) == ["murjani.ulin", "murjani.ulin2"]
    answer = admin.post("/kantor/orang/undang/", {**WANTED, "username": "murjani.ulin"})
    assert "murjani.ulin sudah dipakai. murjani.ulin3 masih bebas." in answer.text


@pytest.mark.parametrize(
    ("field", "text"), [("name", "Mur\u202ejani"), ("title", "\u200b"), ("name", "777"), ("username", "A b")]
)
def test_strange_letters_are_refused_with_what_was_typed_kept(world: World, field: str, text: str) -> None:
    answer = world.client(world.admin).post("/kantor/orang/undang/", {**WANTED, field: text})
    assert answer.status_code == 422
    assert "Ketua Divisi Hukum" in answer.text or field == "title"
    assert Account.objects.filter(grants__role="LEGAL_COMMISSIONER").count() == 0


def test_after_15_minutes_inviting_asks_for_the_digits(world: World) -> None:
    client = browser()
    phone, _ = set_up(client, invite(world.admin, "Ramlan Ulin", "ADMIN").code)
    with clock.travel(NOON + timedelta(minutes=16)):
        assert client.post("/kantor/orang/undang/", WANTED).status_code == 422
        assert client.post("/kantor/orang/undang/", {**WANTED, "proof": "000000"}).status_code == 422
        assert "Murjani" not in client.get("/kantor/orang/").text
        link_of(client.post("/kantor/orang/undang/", {**WANTED, "proof": phone.digits()}).text)


def test_after_15_minutes_a_new_link_needs_a_new_proof(world: World) -> None:
    other = invite(world.admin).account
    client = browser()
    phone, _ = set_up(client, invite(world.admin, "Ramlan Ulin", "ADMIN").code)
    with clock.travel(NOON + timedelta(minutes=16)):
        for address in ("tautan", "peran", "akhiri"):
            answer = client.post(f"/kantor/orang/{other}/{address}/", REASON)
            assert answer.headers["Location"] == f"/masuk/lagi/?lanjut=/kantor/orang/{other}/"
        client.post("/masuk/lagi/", {"code": phone.digits()})
        link_of(client.post(f"/kantor/orang/{other}/tautan/").text)


def test_reissuing_by_the_page(world: World) -> None:
    old = invite(world.admin)
    new = link_of(world.client(world.admin).post(f"/kantor/orang/{old.account}/tautan/").text)
    assert browser().post("/masuk/undangan/", {"code": old.code}).status_code == 410
    assert browser().post("/masuk/undangan/", {"code": new}).status_code == 302


def test_a_person_of_two_offices_is_not_taken_over_by_one(world: World) -> None:
    account = Account.objects.get(pk=world.hr.subject)
    Grant.objects.create(account=account, role="HR_OFFICER", path="75.71.", from_on=NOON.date(), granted_by="t")
    with pytest.raises(RuleBroken) as refused:
        reissue_link(actor=world.admin, account_id=account.pk)
    assert refused.value.code is GrantRefusal.WORKS_ELSEWHERE
    client = world.client(world.admin)
    assert client.post(f"/kantor/orang/{account.pk}/akhiri/", REASON).status_code == 422
    here = account.grants.get(path="63.10.")
    assert client.post(f"/kantor/orang/{account.pk}/peran/{here.pk}/akhiri/", REASON).status_code == 302
    assert account.grants.get(path="75.71.").revoked_at is None


def test_ending_a_role_signs_out_at_once(world: World) -> None:
    client = world.client(world.legal)
    assert client.get("/akun/").status_code == 200
    grant = Grant.objects.get(account_id=world.legal.subject)
    revoke_grant(actor=world.admin, account_id=grant.account_id, grant_id=grant.pk, reason="Mutasi")
    assert client.get("/akun/").status_code == 302


def test_of_two_administrators_who_end_each_other_one_stays(world: World) -> None:
    other = officer("ADMIN", "63.10.", "Saidah Bungur")
    first, second = (Grant.objects.get(account_id=admin.subject) for admin in (world.admin, other))
    revoke_grant(actor=world.admin, account_id=second.account_id, grant_id=second.pk, reason="Mutasi")
    with pytest.raises(NotAllowed):
        revoke_grant(actor=other, account_id=first.account_id, grant_id=first.pk, reason="Mutasi")
    with pytest.raises(NotAllowed):
        end_account(actor=other, account_id=first.account_id, reason="Mutasi")
    first.refresh_from_db()
    assert first.revoked_at is None


def test_the_last_administrator_is_not_ended_from_above(world: World) -> None:
    above = officer("ADMIN", "63.", "Saidah Bungur")
    grant = Grant.objects.get(account_id=world.admin.subject)
    for act in (
        lambda: revoke_grant(actor=above, account_id=grant.account_id, grant_id=grant.pk, reason="Mutasi"),
        lambda: end_account(actor=above, account_id=grant.account_id, reason="Mutasi"),
    ):
        with pytest.raises(RuleBroken) as refused:
            act()
        assert refused.value.code is GrantRefusal.LAST_ADMIN
    officer("ADMIN", "63.10.", "Kurniawati Damar")
    assert end_account(actor=above, account_id=grant.account_id, reason="Mutasi").ended_at == NOON


def test_a_role_under_the_address_of_another_account_does_not_exist(world: World) -> None:
    grant = Grant.objects.get(account_id=world.legal.subject)
    address = f"/kantor/orang/{world.hr.subject}/peran/{grant.pk}/akhiri/"
    assert world.client(world.admin).post(address, REASON).status_code == 404
    grant.refresh_from_db()
    assert grant.revoked_at is None


def test_a_grant_taken_away_past_the_action_opens_nothing(world: World) -> None:
    client = world.client(world.legal)
    Grant.objects.filter(account_id=world.legal.subject).update(revoked_at=NOON)
    assert client.get("/akun/").status_code == 302


def test_an_account_ended_past_the_action_opens_nothing(world: World) -> None:
    client = world.client(world.legal)
    Account.objects.filter(pk=world.legal.subject).update(ended_at=NOON)
    assert client.get("/akun/").status_code == 302


def test_a_grant_holds_from_its_first_to_its_last_day(world: World) -> None:
    client, grants = world.client(world.legal), Grant.objects.filter(account_id=world.legal.subject)
    grants.update(until_on=NOON.date())
    assert client.get("/akun/").status_code == 200
    grants.update(until_on=NOON.date() - timedelta(days=1))
    assert client.get("/akun/").status_code == 302
    grants.update(until_on=None, from_on=NOON.date() + timedelta(days=2))
    assert client.get("/akun/").status_code == 302


def test_ending_an_account_ends_everything(world: World) -> None:
    made, client = invite(world.admin), browser()
    set_up(client, made.code)
    address = f"/kantor/orang/{made.account}/akhiri/"
    admin = world.client(world.admin)
    assert admin.post(address, {"akun-reason": " "}).status_code == 422
    assert admin.post(address, REASON).status_code == 302
    assert client.get("/akun/").status_code == 302
    assert browser().post("/masuk/", {"username": "murjani.ulin", "password": PASSWORD}).status_code == 422
    row = next(row for row in list_people(world.admin, "63.10.") if row.username == "murjani.ulin")
    assert row.state is State.ENDED
    assert b"Pindah tugas" in bytes(Opening.objects.get(entry__kind="access.account_ended").content)


def test_one_more_role_and_working_under_it(world: World) -> None:
    made, client = invite(world.admin), browser()
    set_up(client, made.code)
    admin = world.client(world.admin)
    assert admin.post(f"/kantor/orang/{made.account}/peran/", {"role": "CHAIR"}).status_code == 302
    assert admin.post(f"/kantor/orang/{made.account}/peran/", {"role": "CHAIR"}).status_code == 422
    chair = Grant.objects.get(account_id=made.account, role="CHAIR")
    assert client.post(f"/akun/peran/{chair.pk}/").headers["Location"] == "/beranda/"
    assert "Ketua Divisi Hukum" in client.get("/akun/").text
    assert Entry.objects.get(kind="access.grant_switched").subject == made.account


def test_another_persons_role_is_not_to_be_worked_under(world: World) -> None:
    grant = Grant.objects.get(account_id=world.admin.subject)
    assert world.client(world.legal).post(f"/akun/peran/{grant.pk}/").status_code == 404
    assert world.client(world.legal).post(f"/akun/peran/{uuid4()}/").status_code == 404


def test_the_installation_invites_the_first_administrator(world: World) -> None:
    new = NewOfficer("Kurniawati Damar", "Administrator", "ADMIN", "75.71.")
    made = invite_officer(actor=system("init"), new=new)
    client = browser()
    set_up(client, made.code)
    assert client.get("/kantor/orang/").status_code == 200


def test_a_stale_browser_is_refused_in_the_action_too(world: World) -> None:
    world.client(world.admin)
    session = Session.objects.get()
    admin = replace(world.admin, session=str(session.pk))
    invite(admin)
    with clock.travel(NOON + timedelta(minutes=16)):
        for act in (lambda: invite(admin), lambda: reissue_link(actor=admin, account_id=UUID(world.hr.subject))):
            with pytest.raises(NotAllowed):
                act()


def test_an_officer_without_the_verb_is_refused_in_the_action(world: World) -> None:
    with pytest.raises(NotAllowed):
        invite(world.legal)


def test_two_invitations_at_once_with_one_username(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    invite(world.admin, "Saidah Bungur")
    seen_free = iter([True, True])  # what a reader sees before the other invitation is committed
    real = people._is_free
    monkeypatch.setattr(people, "_is_free", lambda username: next(seen_free, None) or real(username))
    made = invite(world.admin, "Saidah Bungur")
    assert Account.objects.get(pk=made.account).username == "saidah.bungur2"
    seen_free = iter([True, True])
    wanted = NewOfficer("Saidah Bungur", "Staf", "HR_OFFICER", "63.10.", username="saidah.bungur")
    with pytest.raises(Conflict) as refused:
        invite_officer(actor=world.admin, new=wanted)
    assert refused.value.fields["username"][0] is NameRefusal.USERNAME_TAKEN
