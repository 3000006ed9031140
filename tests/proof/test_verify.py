"""`ikrar verify`: exit codes, languages, and the start-up that Z07 allows."""

import json
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from ikrar_proof.checkpoint import Proof
from ikrar_proof.cli import main
from ikrar_proof.errors import Refused, Why
from ikrar_proof.leaf import Leaf, Opening, build_opening
from ikrar_proof.package import build_package
from ikrar_proof.policy import Policy
from ikrar_proof.words import LANGUAGES, explain, level_in_words
from proof.making import World


@pytest.fixture(autouse=True)
def _no_policy_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("IKRAR_POLICY", raising=False)


@pytest.fixture
def policy(world: World, tmp_path: Path) -> str:
    path = tmp_path / "policy.txt"
    path.write_bytes(world.policy.to_bytes())
    return str(path)


def _file(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "berkas"
    path.write_bytes(data)
    return str(path)


@pytest.mark.row("P07")
def test_yes_prints_what_was_signed(
    receipt: bytes, policy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([_file(tmp_path, receipt), "--policy", policy]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    for line in (
        "Tercatat dan tidak berubah.",
        "CONTOH: naskah ini hanya untuk simulasi.",
        "Ditandatangani: pakta integritas, versi contoh-pakta-pps-2024",
        "Penandatangan: 0d9e3f4a-8f54-4c39-9a52-6a2f6f3f9f10, PPS 63.10.05.2001",
        "Waktu menurut penandatangan: 2024-11-04T10:12:33+08:00",
        "Waktu diterima: 2024-11-04T02:12:36Z",
        "Cara: kunci di ponsel (B)",
        "Identitas: belum diperiksa",
        "Buku log: ikrar.contoh.id/2024",
        "Nomor: 2 dari 9 (indeks 1)",
    ):
        assert line in said.out.splitlines()


def test_paper_is_told_from_a_phone_and_english_is_spoken(
    world: World, policy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _file(tmp_path, world.receipt(world.paper))
    assert main([file, "--policy", policy]) == 0
    assert "Cara: kertas, dua petugas (D)" in capsys.readouterr().out
    assert main([file, "--policy", policy, "--bahasa", "en"]) == 0
    out = capsys.readouterr().out
    assert "Way: paper, two officers (D)" in out
    assert "Identity: checked (identity card and decree)" in out


def test_facts_without_a_statement_are_named_by_their_kind(
    policy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = World()
    opening = Opening("oath.taken", bytes(32), build_opening("oath.taken", {"members": ["a"]}))
    leaf = Leaf("sumpah", world.log_time(), opening.digest()).to_bytes()
    world.log.leaves.append(leaf)
    package = build_package(leaf, opening, world.log.prove(len(world.log.leaves) - 1))
    Path(policy).write_bytes(world.policy.to_bytes())
    assert main([_file(tmp_path, package), "--policy", policy]) == 0
    assert "Isi: oath.taken\nCatatan buku log: sumpah" in capsys.readouterr().out


def test_json_tells_a_program_the_same(
    world: World, receipt: bytes, policy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([_file(tmp_path, receipt), "--policy", policy, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["verified"], said["sealed"], said["kind"]) == (True, True, "pact.signed")
    assert said["log"] | {"root": ""} == {"origin": world.log.origin, "size": 9, "index": 1, "root": ""}
    assert said["statement"]["signer"] == "0d9e3f4a-8f54-4c39-9a52-6a2f6f3f9f10"
    assert main([_file(tmp_path, receipt[:999]), "--policy", policy, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["verified"], said["code"]) == (False, "cut_off")


def test_no_goes_to_standard_error_with_its_reason(
    receipt: bytes, policy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([_file(tmp_path, receipt[: len(receipt) // 2]), "--policy", policy]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == (
        "",
        "Berkas ini terpotong: bagian akhirnya tidak ada. Unduh atau salin lagi berkas aslinya.\n",
    )


def test_without_trust_nothing_is_established(receipt: bytes, tmp_path: Path, policy: str) -> None:
    file = _file(tmp_path, receipt)
    broken = tmp_path / "broken.txt"
    broken.write_text("log x\nquorum none\n")
    assert main([file]) == 2
    assert main([file, "--policy", str(tmp_path / "none.txt")]) == 2
    assert main([file, "--policy", str(broken)]) == 2
    broken.write_text(Path(policy).read_text().replace("quorum none", "quorum w"))
    assert main([file, "--policy", str(broken)]) == 2


def test_the_policy_is_taken_from_the_environment(
    receipt: bytes, policy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IKRAR_POLICY", policy)
    assert main([_file(tmp_path, receipt)]) == 0


def test_input_that_is_nothing_of_ours_is_unusable(policy: str, tmp_path: Path) -> None:
    for data in (b"", b"\x89PNG", b"IK1:ABC", b"c2sp.org/tlog-proof@v2\n"):
        assert main([_file(tmp_path, data), "--policy", policy]) == 2
    assert main([str(tmp_path / "none"), "--policy", policy]) == 2
    assert main([str(tmp_path), "--policy", policy]) == 2
    assert main([_file(tmp_path, bytes(20 * 1024 * 1024 + 1)), "--policy", policy]) == 2


def test_a_proof_that_carries_its_leaf_is_checked_alone(
    world: World, policy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    act = world.member
    alone = Proof(act.proof.index, act.proof.path, act.proof.checkpoint, act.leaf)
    assert main([_file(tmp_path, alone.to_bytes()), "--policy", policy]) == 0
    assert "Catatan buku log: pakta-tandatangan, 2024-11-04T02:00Z" in capsys.readouterr().out
    wrong = Proof(act.proof.index, act.proof.path, act.proof.checkpoint, world.other.leaf)
    assert main([_file(tmp_path, wrong.to_bytes()), "--policy", policy]) == 1
    assert main([_file(tmp_path, act.proof.to_bytes()), "--policy", policy]) == 2


def test_a_package_is_read_from_standard_input(
    world: World, policy: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    act = world.member
    for opening, line in ((act.opening, "Cara: kunci di ponsel (B)"), (None, "Buku log: ikrar.contoh.id/2024")):
        package = build_package(act.leaf, opening, act.proof)
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(package)))
        assert main(["-", "--policy", policy]) == 0
        assert line in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [
        (b'"format":"ikrar-paket/v1"', b'"format":"ikrar-paket/v2"'),
        (b'"leaf":"', b'"leaf":["'),
        (b'"format"', b'"Format"'),
        (b'{"format"', b'{"a":1,"format"'),
        (b"}\n", b"}"),
        (b'"opening":{', b'"opening":1,"x":{'),
        (b'"leaf":"ikrar-daun', b'"leaf":"ikrar-daum'),
        (b'"kind":"pact.signed"', b'"kind":"pact.voided"'),
        (b'"proof":"c2sp', b'"proof":"c3sp'),
    ],
)
def test_a_changed_package_is_refused(world: World, policy: str, tmp_path: Path, change: tuple[bytes, bytes]) -> None:
    package = build_package(world.member.leaf, world.member.opening, world.member.proof)
    assert change[0] in package
    assert main([_file(tmp_path, package.replace(*change, 1)), "--policy", policy]) == 1


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    for language in LANGUAGES:
        sentences = [explain(Refused(why, "X"), language) for why in Why]
        assert len(set(sentences)) == len(Why)
        assert not any(word in sentence for sentence in sentences for word in ("!", "{", "gagal", "invalid"))
        assert level_in_words("D", language).endswith("(D)")


def test_a_stranger_gets_the_answer_from_a_process_of_its_own(
    world: World, receipt: bytes, policy: str, tmp_path: Path
) -> None:
    proof = Proof(world.member.proof.index, world.member.proof.path, world.member.proof.checkpoint, world.member.leaf)
    environ = {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    for data in (proof.to_bytes(), receipt):
        command = [sys.executable, "-m", "ikrar_proof", _file(tmp_path, data), "--policy", policy]
        assert subprocess.run(command, check=False, capture_output=True, env=environ).returncode == 0


def test_the_check_of_a_proof_loads_no_pdf_reader_and_no_django(world: World, policy: str, tmp_path: Path) -> None:
    proof = Proof(world.member.proof.index, world.member.proof.path, world.member.proof.checkpoint, world.member.leaf)
    code = "import sys; from ikrar_proof.cli import main; main(sys.argv[1:]); print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code, _file(tmp_path, proof.to_bytes()), "--policy", policy],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    ).stdout.split()
    assert "ikrar_proof.package" in loaded
    assert not {"pikepdf", "django", "ikrar", "sqlite3", "socket"} & set(loaded)


def test_a_policy_written_by_us_trusts_what_it_names(world: World) -> None:
    assert Policy((world.log.verifier,), (world.seal.sha256,)) == world.policy
