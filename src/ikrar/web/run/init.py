"""`ikrar init`: make an installation for a KPU office, or add an office to the one that is there."""

import argparse
import json
import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from pyrage import x25519

from ikrar.cli import load_environment
from ikrar.core.db.embedded import ServerTrouble
from ikrar.web.run.database import Unfit
from ikrar.web.run.installation import (
    State,
    ask_verb,
    embedded_server,
    empty_home,
    find_state,
    new_database,
    offer_policy,
    prepare_home,
    run_verb,
    running_database,
    write_environment,
)
from ikrar.web.run.plan import Plan, Unusable, choose_admin, choose_region, find_asking, home_of, make_plan

RECIPIENTS = Path("keys") / "backup.recipients"


def main(arguments: list[str]) -> int:
    """Exit 0 made, 1 refused with the reason, 2 unusable options."""
    options = _read(arguments)
    home = home_of(options.home)
    try:
        state = find_state(home)
        if state is State.READY:
            return _add_office(options, home)
        if state is not State.EMPTY:
            print(_what_to_do(state, home), file=sys.stderr)
            return 1
        return _make(make_plan(options, home, ask=find_asking(options)), as_json=options.json)
    except Unusable as error:
        print(error, file=sys.stderr)
        return 2
    except (Unfit, ServerTrouble, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\nDihentikan. Belum ada yang dibuat.", file=sys.stderr)
        return 1


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ikrar init", description="Membuat pemasangan untuk sebuah kantor KPU.")
    parser.add_argument("--region", help="kode provinsi, kabupaten, atau kota, misalnya 63.10")
    parser.add_argument("--admin", help="nama administrator pertama")
    parser.add_argument("--url", help="alamat umum, misalnya https://ikrar.kpu-contoh.go.id")
    parser.add_argument("--origin", help="nama buku log; ditetapkan sekali (biasanya host alamat dan tahun)")
    parser.add_argument("--database-url", help="alamat basis data untuk peran ikrar_app")
    parser.add_argument("--owner-url", help="alamat yang sama untuk peran ikrar_owner")
    parser.add_argument("--backup-url", help="alamat yang sama untuk peran ikrar_backup")
    parser.add_argument("--home", help="folder pemasangan (biasanya $IKRAR_HOME atau ~/.ikrar)")
    parser.add_argument("--yes", action="store_true", help="jangan bertanya; yang tidak disebut memakai nilai biasa")
    parser.add_argument("--json", action="store_true", help="hasil untuk program")
    return parser.parse_args(arguments)


def _what_to_do(state: State, home: Path) -> str:
    if state is State.STRANGE:
        return f"Folder {home} berisi berkas lain dan bukan pemasangan Ikrar. Pilih folder kosong dengan --home."
    if (home / "log" / "checkpoint").exists():
        return (
            f"Di {home} ada pemasangan yang pernah dipakai, tetapi berkas setelannya (ikrar.env) tidak ada. "
            "Jangan hapus folder itu. Kembalikan ikrar.env, atau pulihkan cadangan dengan `ikrar restore`."
        )
    return (
        f"Di {home} ada pemasangan yang pembuatannya terputus; isinya belum pernah dipakai.\n"
        f"Hapus lalu ulangi:\n\n  rm -r {home} {_database_folder(home)}\n"
    ).replace(" \n", "\n")


def _database_folder(home: Path) -> str:
    folder = embedded_server(home).folder
    return str(folder) if folder.exists() and not folder.is_relative_to(home) else ""


def _make(plan: Plan, *, as_json: bool) -> int:
    """Everything, or nothing: what was made is taken away again when a step does not succeed."""
    if plan.addresses is None:
        _refuse_left_over(plan.home)
    os.environ["IKRAR_HOME"] = str(plan.home)
    existed, made = plan.home.exists(), None
    try:
        prepare_home(plan.home)
        made = _build(plan)
    finally:
        if made is None:
            _take_away(plan, keep_folder=existed)
    if made is None:
        print("Pemasangan tidak selesai; yang sudah dibuat di komputer ini dihapus lagi.", file=sys.stderr)
        return 1
    print(json.dumps(made) if as_json else _report(plan, made), flush=True)
    return 0


def _build(plan: Plan) -> dict[str, Any] | None:
    """Database, keys, office; the settings file last. None if a step did not succeed."""
    _say("Basis data disiapkan …")
    with new_database(plan.home) if plan.addresses is None else nullcontext(plan.addresses.settings()) as addresses:
        environment = {"IKRAR_HOME": str(plan.home), "IKRAR_URL": plan.url, **addresses}
        environment["DJANGO_SETTINGS_MODULE"] = "ikrar.web.settings"
        if run_verb("upgrade", environment=environment):
            return None
        if run_verb("web", "create_keys", "--origin", plan.origin, environment=environment):
            return None
        _say("Wilayah dan kantor dicatat …")
        found = _found(plan.region, plan.admin, environment)
    if found is None:
        return None
    secret = _create_backup_key(plan.home)
    # Where the embedded server listens is computed anew each time.
    kept = {"IKRAR_EMBEDDED": "1"} if plan.addresses is None else addresses
    write_environment(plan.home, {"IKRAR_URL": plan.url, **kept})
    trusted = offer_policy(plan.home)
    return {**found, "home": str(plan.home), "origin": plan.origin, "backup_key": secret, "policy_offered": trusted}


def _refuse_left_over(home: Path) -> None:
    folder = embedded_server(home).folder
    if folder.exists():
        raise Unfit(
            f"Basis data bawaan dari pemasangan terdahulu di folder yang sama masih ada: {folder}\n"
            f"Tidak ada yang diubah. Bila sudah tidak diperlukan, hapus dengan: rm -r {folder}"
        )


def _take_away(plan: Plan, *, keep_folder: bool) -> None:
    """Undo a beginning: the folder was empty and the embedded database was not there before this run."""
    if plan.addresses is None:
        embedded_server(plan.home).remove()
    empty_home(plan.home, keep_folder=keep_folder)


def _found(region: str, admin: str, environment: dict[str, str]) -> dict[str, Any] | None:
    said = ask_verb("web", "found_office", "--region", region, "--admin", admin, environment=environment)
    return dict(json.loads(said)) if said else None


def _create_backup_key(home: Path) -> str:
    """Backups are encrypted to this key; its secret half is shown once and kept nowhere here."""
    identity = x25519.Identity.generate()
    file = home / RECIPIENTS
    file.write_text(f"# Backups can be read only with the secret half of these keys.\n{identity.to_public()}\n")
    file.chmod(0o600)
    return str(identity)


def _add_office(options: argparse.Namespace, home: Path) -> int:
    os.environ["IKRAR_HOME"] = str(home)
    load_environment(home)
    ask = find_asking(options)
    region = choose_region(options.region, ask)[0]
    admin = choose_admin(options.admin, ask)
    with running_database():
        made = _found(region, admin, {})
    if made is None:
        return 1
    if options.json:
        print(json.dumps(made))
    else:
        print(f"{made['office']} ditambahkan ke pemasangan di {home}.\n\n{_link(made)}", flush=True)
    return 0


def _link(made: dict[str, Any]) -> str:
    return (
        f"Tautan administrator pertama ({made['admin']}), berlaku tiga hari dan satu kali:\n\n  {made['link']}\n\n"
        "Di sana ia memilih kata sandi dan menghubungkan aplikasi pembuat kode. Tidak ada kata sandi bawaan."
    )


def _report(plan: Plan, made: dict[str, Any]) -> str:
    trial = (
        "\nBasis data bawaan dipakai: ini pemasangan UJI COBA. Untuk dipakai sungguhan, pakai PostgreSQL di server "
        "(docs/installation.md).\nDatanya dapat dibawa: `ikrar backup`, lalu `ikrar restore` di tempat yang baru.\n"
        if plan.addresses is None
        else ""
    )
    policy = (
        "" if made["policy_offered"] else f"\nDaftar kepercayaan untuk `ikrar verify`: {plan.home / 'policy.txt'}\n"
    )
    return (
        f"\nPemasangan untuk {made['office']} selesai di {plan.home}.\nNama buku log: {plan.origin}\n{trial}{policy}\n"
        "KUNCI CADANGAN. Ditampilkan hanya sekali ini. Simpan di luar komputer ini, misalnya tercetak di lemari besi;\n"
        f"tanpa kunci ini cadangan tidak dapat dibuka siapa pun.\n\n  {made['backup_key']}\n\n{_link(made)}\n\n"
        "Langkah berikut: ikrar serve, lalu buka tautan itu."
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
