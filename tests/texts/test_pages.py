"""What the pages of the texts say, to whom, in both languages; and the page that anyone can read."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from drafts import approve, begin, propose
from ikrar.access.models import Grant
from ikrar.core import clock
from ikrar.core.actor import Actor
from ikrar.registry.models import Election
from ikrar.texts import actions, queries
from ikrar.texts.rules import Clause, Start, TextKind
from world import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("P01")]


def test_the_list_says_what_is_in_force_and_what_waits(world: World) -> None:
    approve(world, propose(world))
    propose(world, "Menyelenggarakan {nama_pemilihan} menurut keputusan kedua.")
    page = world.client(world.legal).get("/naskah/").content.decode()
    assert "1 dari 4 naskah sudah berlaku, 1 menunggu persetujuan" in page
    assert page.count("belum ada") >= 3
    assert "menunggu orang kedua" in page
    assert "menunggu Anda" in world.client(world.chair).get("/naskah/").content.decode()


def test_the_list_names_the_first_step(world: World) -> None:
    page = world.client(world.legal).get("/naskah/").content.decode()
    assert "0 dari 4 naskah sudah berlaku" in page
    assert "/naskah/baru/?naskah=OATH-PPK" in page
    assert "/naskah/baru/" not in world.client(world.chair).get("/naskah/").content.decode()


def test_without_an_election_the_list_says_what_comes_first(world: World) -> None:
    Election.objects.update(is_current=False)
    page = world.client(world.legal).get("/naskah/").content.decode()
    assert "Belum ada pemilihan, jadi belum ada naskah" in page


def test_only_what_differs_is_open(world: World) -> None:
    approve(world, propose(world))
    text = propose(world, "Menyelenggarakan {nama_pemilihan} dengan jujur menurut keputusan.")
    page = world.client(world.legal).get(f"/naskah/{text.pk}/").content.decode()
    assert "1 dari 11 poin berubah; naskah ini belum berlaku sampai orang kedua menyetujuinya" in page
    assert "<ins>dengan jujur</ins>" in page
    assert "10 poin sama, kata demi kata." in page
    assert "2 kata ditambah" in page
    whole = world.client(world.legal).get(f"/naskah/{text.pk}/?lihat=semua").content.decode()
    assert "10 poin sama" not in whole
    plain = world.client(world.legal).get(f"/naskah/{text.pk}/beda/").content.decode()
    assert "1. PI.01 Menyelenggarakan {nama_pemilihan} {+dengan jujur+} menurut keputusan." in plain


def test_every_kind_of_change_is_said_in_words(world: World) -> None:
    old = approve(world, propose(world))
    text = begin(world, start=Start.CURRENT)
    one, two, three, four, five, *rest = old.content.points
    netral, other_norm = replace(three, text="Bersikap netral."), replace(four, norm="PI.05")
    points = (two, one, netral, other_norm, *rest, Clause("Jujur.", "PI.01"))
    content = replace(text.typed, wording=replace(old.content, points=points, closing=(Clause("Demikian."),)))
    text = actions.save_draft(actor=world.legal, text_id=text.pk, version=text.version, content=content)
    page = world.client(world.legal).get(f"/naskah/{text.pk}/").content.decode()
    for said in ("pindah dari nomor", "kalimat diganti", "norma diganti dari PI.04", "poin baru", "poin dihapus",
                 "5 dari 11 poin berubah", "Pembuka atau penutup juga berubah"):
        assert said in page
    assert five.text in page


def test_two_forms_with_the_same_words_are_shown_once(world: World) -> None:
    text, client = begin(world, TextKind.OATH), world.client(world.legal)
    assert "Sumpah dan janji, kata-katanya sama" in client.get(f"/naskah/{text.pk}/").content.decode()
    changed = replace(text.content, affirmation=(*text.content.affirmation[:1], Clause("Bahwa saya jujur.", "OA.2")))
    actions.save_draft(
        actor=world.legal, text_id=text.pk, version=text.version, content=replace(text.typed, wording=changed))
    page = client.get(f"/naskah/{text.pk}/").content.decode()
    assert "Bentuk sumpah" in page
    assert "Bentuk janji" in page


def test_old_versions_say_what_became_of_them(world: World) -> None:
    old = approve(world, propose(world))
    new = approve(world, propose(world, "Menyelenggarakan {nama_pemilihan} menurut keputusan baru."))
    page = world.client(world.chair).get(f"/naskah/{old.pk}/").content.decode()
    assert "Naskah ini sudah diganti" in page
    assert f"/naskah/{new.pk}/" in page
    assert "Versi ini sudah diganti" in Client().get(f"/naskah/{old.hash}/baca/").content.decode()
    assert f"/naskah/{old.pk}/" in world.client(world.chair).get("/naskah/").content.decode()


def test_the_proposer_reads_why_the_button_is_closed(world: World) -> None:
    text = propose(world)
    page = world.client(world.legal).get(f"/naskah/{text.pk}/").content.decode()
    assert "jadi tidak dapat menyetujuinya" in page
    assert f'action="/naskah/{text.pk}/setujui/"' not in page
    assert f"http://localhost:8000/naskah/{text.pk}/" in page
    assert f'action="/naskah/{text.pk}/setujui/"' in world.client(world.chair).get(f"/naskah/{text.pk}/").content.decode()


def test_the_page_names_who_is_awaited(world: World, head: Actor) -> None:
    text = propose(world)
    page = world.client(world.legal).get(f"/naskah/{text.pk}/").content.decode()
    assert "Hamdani Mahoni" in page
    assert "Murjani Ulin" in page
    assert [who.name for who in queries.list_approvers(text)] == ["Hamdani Mahoni", "Murjani Ulin"]
    Grant.objects.filter(account_id=head.subject).update(revoked_at=clock.now())
    assert [who.name for who in queries.list_approvers(text)] == ["Hamdani Mahoni"]


def test_what_was_done_is_said_once(world: World) -> None:
    text, client = propose(world), world.client(world.chair)
    done = client.post(f"/naskah/{text.pk}/setujui/", {"version": text.version}, follow=True)
    assert "Pakta integritas PPS, versi 2026-1 berlaku mulai hari ini." in done.content.decode()
    assert "berlaku mulai hari ini" not in client.get(f"/naskah/{text.pk}/").content.decode()


def test_the_scan_opens_for_the_office_only(world: World) -> None:
    text = propose(world)
    answer = world.client(world.chair).get(f"/naskah/{text.pk}/pindaian/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert world.client(world.stranger).get(f"/naskah/{text.pk}/pindaian/").status_code == 404


def test_anyone_reads_an_approved_text_and_computes_its_hash(world: World) -> None:
    text = approve(world, propose(world))
    page = Client().get(f"/naskah/{text.hash}/baca/").content.decode()
    assert "Menyelenggarakan {nama_pemilihan} menurut keputusan." in page
    assert "pakta-pps-63.10-2026-1" in page
    file = Client().get(f"/naskah/{text.hash}/berkas/")
    assert sha256(file.content).hexdigest() == text.hash
    assert "Set-Cookie" not in file.headers


@pytest.mark.parametrize("name", ["0" * 64, "zz", "63"])
def test_an_unknown_hash_is_not_found(world: World, name: str) -> None:
    assert Client().get(f"/naskah/{name}/baca/").status_code == 404


def test_what_was_not_approved_is_not_public(world: World) -> None:
    text = propose(world)
    assert Client().get(f"/naskah/{text.hash}/baca/").status_code == 404
    assert Client().get(f"/naskah/{text.pk}/").headers["Location"].startswith("/masuk/")


def test_a_sample_says_so_to_everybody(world: World, settings: Any) -> None:
    settings.IKRAR_DEMO = True
    text = begin(world)
    text = approve(world, actions.propose_text(actor=world.legal, text_id=text.pk, version=text.version))
    page = Client().get(f"/naskah/{text.hash}/baca/").content.decode()
    assert "<b>CONTOH.</b>" in page
    assert "Redaksi naskah belum dipastikan" in page


@pytest.mark.parametrize("path", ["/naskah/", "/naskah/baru/", "/naskah/{id}/", "/naskah/{id}/ubah/"])
def test_every_page_is_english_when_asked(world: World, path: str) -> None:
    text = begin(world)
    page = world.client(world.legal).get(f"{path.format(id=text.pk)}?bahasa=en")
    assert page.status_code == 200
    assert '<html lang="en">' in page.content.decode()
    assert "Naskah" not in page.content.decode().split("<main")[1].replace("Contoh naskah", "")


def test_what_waits_for_whom(world: World) -> None:
    begin(world, TextKind.OATH)
    text = propose(world)
    assert [row.kind for row in queries.get_pending(world.legal)] == ["OATH"]
    assert [row.pk for row in queries.get_pending(world.chair)] == [text.pk]
    assert queries.get_pending(world.stranger) == []
    assert queries.count_ready(world.election.pk) == (0, 4)


def test_questions_are_asked_in_the_readers_language(world: World) -> None:
    text = approve(world, propose(world))
    asked = queries.list_questions(text)
    assert [(each.id, each.point) for each in asked] == [("Q27", 11), ("Q28", 6), ("Q01", 3)]
    assert asked[0].right == "Sanksi moral, administratif, dan hukum apabila melanggar pakta"
    assert "sanctions" in queries.list_questions(text, language="en")[0].right.lower()
