"""What is typed on each page so that only permission stands in the way, and what each address names."""

import base64
import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from drafts import as_typed
from house.acts import VILLAGES, photo, read_sheet_of
from house.places import OFFICE, Stage, nik_of
from ikrar.oath.models import Ceremony, OathMark
from ikrar.pact.models import PaperEntry
from ikrar.registry.models import Membership
from ikrar.texts.models import TextVersion
from pact.acting import PIN, Phone
from registry.importing import book, member
from world import PDF

# What stands in an address, where its name does not say it: "route name" -> kind of thing.
_TEXT = "naskah/<uuid:text_id>/"
_OATH, _MARK = "sumpah/<uuid:ceremony_id>/", "orang/<uuid:member>/batalkan/"
_ROLL = ("", "tandai/", "semua-hadir/", "urungkan/", "tambahkan/", "ubah/", "batalkan/", "naskah/", "selesai/")
_SCAN = "berita-acara/pindaian/<uuid:scan_id>/"
KINDS = {
    "badan/<str:code>/ code": "body",
    "badan/<str:code>/tambah/ code": "body",
    "badan/<str:code>/periksa/ code": "body",
    "kesiapan/<str:code>/<str:what>/ code": "code",
    **{f"v/<str:code>/{tail} code": "public_code" for tail in ("", "berkas/", "bukti.tlog-proof")},
    **{f"{_OATH}{act} ceremony_id": "calling" for act in _ROLL},
    **{f"{_OATH}{act} ceremony_id": "finished" for act in ("berita-acara/", "berita-acara/cetak/", _MARK)},
    f"{_OATH}{_MARK} member": "sworn",
    **{f"{_OATH}berita-acara/{act} ceremony_id": "printed" for act in ("berkas/", "halaman/", "batalkan/", "pindaian/")},
    **{f"{_OATH}{_SCAN}{act} ceremony_id": "scanned" for act in ("", "batalkan/")},
    **{f"{_OATH}{_SCAN}{act} scan_id": "scan" for act in ("", "batalkan/")},
    "pakta/alasan/<uuid:member>/ member": "declined",
    "pakta/kertas/baru/?badan=<code> code": "body",
    "pakta/kertas/<uuid:entry>/betulkan/ entry": "returned",
    f"{_TEXT} text_id": "proposed",
    **{f"{_TEXT}{act}/ text_id": "proposed" for act in ("beda", "pindaian", "tarik", "setujui", "kembalikan")},
    **{f"{_TEXT}{act}/ text_id": "draft" for act in ("ubah", "ajukan", "hapus")},
}
Body = Callable[[Stage, str, dict[str, Any]], Any]
DAY, DECREE = "2026-11-24", "110 Tahun 2026"
REASON = "Diperiksa bersama dokumennya"


def _row(model: type[Model], pk: Any) -> Any:
    return model._default_manager.filter(pk=pk).first()


def _always(**given: Any) -> Body:
    return lambda stage, role, things: given


def _json(**given: Any) -> Body:
    return lambda stage, role, things: json.dumps(given)


def _text(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    row = _row(TextVersion, things["text_id"])
    return {"version": row.version if row else 1, "reason": REASON}


def _draft(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    row = _row(TextVersion, things["text_id"])
    return as_typed(row) if row else {}


def _member(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    row: Membership | None = _row(Membership, things["member"])
    if row is None:
        return {}
    return {
        "name": row.person.name, "sex": row.person.sex, "born_on": row.person.born_on.isoformat(), "position": row.position,
        "decree_number": row.decree_number, "decree_on": row.decree_on.isoformat(),
        "started_on": row.started_on.isoformat(), "source": "", "reason": REASON,
        "version": row.version + row.person.version,
    }


def _account(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    return {"role": "HR_OFFICER", "akun-reason": REASON, "peran-reason": REASON}


def _people_of_body(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    return {"anggota": [str(pk) for pk in Membership.objects.filter(body__code=things["code"]).values_list("pk", flat=True)]}


def _office(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    row = stage.world.office
    return {
        "line_1": "KOMISI PEMILIHAN UMUM", "line_2": "KABUPATEN TANAH BUMBU", "address": "Jalan Contoh 1",
        "city": "Batulicin", "number_pattern": "{urut}/{kode}/{tahun}", "zone": row.zone, "paper": row.paper,
        "version": row.version,
    }


def _election(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    row = stage.desks[OFFICE].election
    return {
        "kind": row.kind, "name": "Pilkada", "voting_on": row.voting_on.isoformat(), "phrase": row.phrase,
        "body_kinds": row.body_kinds, "version": row.version,
    }


def _key(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    return json.dumps({"spki": base64.b64encode(Phone(stage.browser(role)).spki).decode()})


def _sheet(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    return {"file": SimpleUploadedFile("daftar.xlsx", book(member(43)))}


def _ceremony(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    row = _row(Ceremony, things.get("ceremony_id"))
    return {
        "area": "all", "day": DAY, "time": "09:00", "place": "Gedung Contoh, Batulicin", "decree_number": "97 Tahun 2026",
        "decree_on": "2026-06-01", "officiant_name": "Hamdani Mahoni", "officiant_position": "Ketua KPU", "clergy": "0",
        "witness-1-name": "Syarifah Meranti", "witness-1-position": "Anggota KPU", "openings": "",
        "version": row.version if row else 1,
    }


def _tap(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    mark = OathMark.objects.filter(ceremony_id=things["ceremony_id"]).first()
    return {"person": mark.membership_id if mark else uuid4(), "mark": "ABSENT"}


def _scan(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    return {"scan": SimpleUploadedFile("ba.pdf", PDF, "application/pdf")}


def _ticked(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    return {"do": "texts", "m": [str(stage.people["pps-sibling"].pk)]}


def _sheet_of(row: Membership, **more: Any) -> dict[str, Any]:
    read = read_sheet_of(row)
    return {"person": read.person, "version": read.version, "has_ink": "yes", "day": read.day.isoformat(), **more}


def _first_reading(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    names = ["Suprapti Ketapi", "Saidah Ramania"]
    row = Membership.objects.filter(body__code=things["code"], person__name__in=names).first()
    picture = SimpleUploadedFile("pakta.jpg", photo(), "image/jpeg")
    return _sheet_of(row, scan=picture) if row else {}


def _reading(stage: Stage, role: str, things: dict[str, Any]) -> Any:
    row = _row(PaperEntry, things["entry"])
    return _sheet_of(row.membership, entry_version=row.version) if row else {}


_NEW = {"name": "Hasanah Tabalong", "position": "MEMBER", "decree_number": DECREE, "decree_on": DAY, "started_on": DAY}
BODIES: dict[str, Body] = {
    "masuk/": _always(username="", password=""),
    "masuk/undangan/": _always(code=""),
    "akun/kata-sandi/": _always(old="", password=""),
    "m/": _always(secret=""),
    "m/buktikan/": _always(secret=""),
    "masuk/lagi/": _always(code="000000", then="/akun/"),
    "kantor/orang/undang/": _always(name="Murjani Ulin", title="Staf hukum", role="HR_OFFICER"),
    "kantor/orang/undang/?kantor=<code>": _always(name="Murjani Ulin", title="Staf hukum", role="HR_OFFICER"),
    "kantor/orang/<uuid:account>/peran/": _account,
    "kantor/orang/<uuid:account>/peran/<uuid:grant>/akhiri/": _account,
    "kantor/orang/<uuid:account>/akhiri/": _account,
    "kantor/": _office,
    "pemilihan/": _election,
    "badan/<str:code>/tambah/": _always(**_NEW),
    "badan/<str:code>/periksa/": _people_of_body,
    "orang/<uuid:member>/": _member,
    "orang/<uuid:member>/lihat/": _always(**{"look-reason": REASON}),
    # From tomorrow: some have sworn today, and their service here cannot end before.
    "orang/<uuid:member>/pindah/": _always(**{**_NEW, "body": "63.10.07", "started_on": "2026-11-25"}),
    "orang/<uuid:member>/akhiri/": _always(reason="RESIGNED", day=DAY, decree_number=DECREE, note=""),
    "orang/<uuid:member>/batalkan/": _always(reason=REASON),
    "orang/<uuid:member>/pemeriksaan/batalkan/": _always(reason=REASON),
    "naskah/baru/": _always(text="OATH-PPS", start="sample"),
    "badan/": _always(cari=nik_of("1103", date(1981, 3, 11))),
    "sumpah/baru/": _ceremony,
    "sumpah/susulan/": _ceremony,
    f"{_OATH}tandai/": _tap,
    f"{_OATH}semua-hadir/": _always(body=VILLAGES["calling"]),
    f"{_OATH}ubah/": _ceremony,
    f"{_OATH}batalkan/": _always(reason=REASON),
    f"{_OATH}selesai/": _always(note=""),
    f"{_OATH}{_MARK}": _always(instead="ABSENT", reason=REASON),
    f"{_OATH}berita-acara/": _always(copies="2"),
    f"{_OATH}berita-acara/batalkan/": _always(reason=REASON),
    f"{_OATH}berita-acara/pindaian/": _scan,
    f"{_OATH}{_SCAN}batalkan/": _always(reason=REASON),
    "pakta/siapkan/": _ticked,
    "pakta/tautan/<uuid:member>/terbitkan-ulang/": _always(reason=REASON),
    "pakta/tanda-tangan/<uuid:signature>/batalkan/": _always(meaning="mistake", reason=REASON),
    "pakta/tanda-tangan/<uuid:signature>/hapus/": _always(reason=REASON),
    "pakta/kertas/baru/?badan=<code>": _first_reading,
    "pakta/kertas/<uuid:entry>/": _reading,
    "pakta/kertas/<uuid:entry>/kembalikan/": _always(reason=REASON, version="1"),
    "pakta/kertas/<uuid:entry>/betulkan/": _reading,
    "pakta/kertas/<uuid:entry>/kesampingkan/": _always(reason=REASON, version="1"),
    "badan/impor/": _sheet,
    "badan/impor/<uuid:upload>/kolom/": _always(),
    "badan/impor/<uuid:upload>/pakai/": _always(sheet="Gabungan", row="5", field="name"),
    "badan/impor/<uuid:upload>/simpan/": _always(seen="1"),
    f"{_TEXT}ubah/": _draft,
    **{f"{_TEXT}{act}/": _text for act in ("ajukan", "tarik", "hapus", "setujui", "kembalikan")},
    "api/v1/pact/keys": _key,
    "api/v1/pact/signatures": _json(statement="x", signature="AA==", pin=PIN),
    "api/v1/pact/declines": _json(points=[1], reason=REASON),
}
