"""Sample data of the look tests: made-up people and gaps in the true districts of Tanah Bumbu."""

import base64
from types import SimpleNamespace as S
from typing import Any

import zxingcpp

from look.forms import EverythingForm, LinkForm, MemberForm


def squares(total: int, missing: set[int]) -> list[list[bool]]:
    """One PPK, then the PPS; `missing` holds the places that are not ready."""
    bodies = [number not in missing for number in range(total)]
    return [bodies[:1], bodies[1:]]


DISTRICTS = [
    ("Satui", 21, {1, 5, 7, 9, 14, 19}, 1, 1, 6),
    ("Kusan Hilir", 23, {4, 6, 7, 12, 16}, 1, 2, 5),
    ("Kusan Hulu", 12, {6, 8, 11}, 0, 2, 3),
    ("Mantewe", 13, {4, 10, 11}, 1, 0, 2),
    ("Teluk Kepayang", 11, {6, 10}, 0, 1, 2),
    ("Batu Licin", 10, {0}, 0, 0, 1),
    ("Simpang Empat", 16, {10}, 0, 0, 1),
    ("Kuranji", 8, {2}, 0, 0, 1),
    ("Kusan Tengah", 14, {5}, 0, 1, 1),
    ("Sungai Loban", 18, set(), 0, 0, 0),
    ("Karang Bintang", 13, set(), 0, 0, 0),
    ("Angsana", 10, set(), 0, 0, 0),
]


def board() -> dict[str, Any]:
    rows = [
        S(
            name=name,
            total=total,
            ready=total - len(gaps),
            squares=squares(total, gaps),
            seats=seats,
            oath=oath,
            pact=pact,
        )
        for name, total, gaps, seats, oath, pact in DISTRICTS
    ]
    return {
        "rows": rows,
        "crumbs": [("Kalimantan Selatan", "#"), ("Tanah Bumbu", "")],
        "one_ready": [[True]],
        "one_missing": [[False]],
    }


def item(label: str, icon: str, current: bool = False) -> S:
    return S(label=label, url="#", icon=icon, is_current=current)


def shell(kind: str, **changes: Any) -> S:
    """The shell of a signed-in officer, a member or the public."""
    menus = {
        "office": [
            item("Beranda", "home"),
            item("Kesiapan", "layout-grid", True),
            item("Badan Adhoc", "users-group"),
            item("Sumpah dan pakta", "signature"),
        ],
        "member": [item("Beranda", "home", True), item("Pakta", "signature"), item("Norma", "book-2")],
        "public": [item("Transparansi", "chart-bar"), item("Norma", "book-2"), item("Periksa dokumen", "file-search")],
    }
    feet = {
        "office": [item("Norma", "book-2"), item("Panduan", "help-circle")],
        "member": [],
        "public": [
            item("Cara memeriksa sendiri", ""),
            item("Data terbuka", ""),
            item("Aksesibilitas", ""),
            item("Privasi", ""),
        ],
    }
    given = {
        "demo": True,
        "language": "id",
        "other_language_url": "?bahasa=en",
        "installation_name": "Ikrar",
        "office_name": "KPU Kabupaten Tanah Bumbu",
        "office_short": "KPU Kab. Tanah Bumbu",
        "election_name": "Pilkada 2024",
        "menu": menus[kind],
        "foot_menu": feet[kind],
        "actor_name": "Rusmini Kenanga",
        "actor_role": "Kasubbag Hukum",
        "initials": "RK",
        "is_signed_in": kind != "public",
        "grants": [S(label="KPU Kota Gorontalo", note="Kasubbag Hukum", url="#")],
        "notice": None,
    }
    return S(**{**given, **changes})


def door(icon: str, title: str, who: str, text: str, foot: str = "nyaman di layar lebar", dashed: bool = False) -> S:
    foot_icon = "device-mobile" if "ponsel" in foot else "clock" if "menit" in foot else "device-desktop"
    return S(icon=icon, title=title, who=who, text=text, foot=foot, foot_icon=foot_icon, dashed=dashed)


DOORS = [
    door(
        "gavel",
        "Kasubbag Hukum",
        "Rusmini Kenanga, Tanah Bumbu",
        "Mengimpor daftar 531 anggota, menyiapkan sumpah/janji dan pakta.",
    ),
    door(
        "clipboard-check",
        "Ketua Divisi Hukum",
        "Murjani Ulin, Tanah Bumbu",
        "Menyetujui naskah dan melihat apa yang belum lengkap.",
    ),
    door(
        "users-group",
        "Ketua PPK Kusan Hulu",
        "Norlaila Kapul",
        "Melihat siapa di kecamatannya yang belum menandatangani.",
        "nyaman di ponsel",
    ),
    door(
        "signature",
        "Anggota PPS Manuntung",
        "Jamilah Ulfah Rambai",
        "Membaca dan menandatangani pakta di ponsel.",
        "nyaman di ponsel",
    ),
    door("building-bank", "KPU Provinsi", "Zainuri Meranti", "Melihat 13 kabupaten dan kota di Kalimantan Selatan."),
    door(
        "map-pin",
        "Kasubbag Hukum Gorontalo",
        "Sukmawati Kenari",
        "Bekerja untuk Kota Gorontalo dan tidak melihat Tanah Bumbu.",
    ),
    door("world", "Warga atau wartawan", "Tanpa masuk", "Memeriksa satu pakta dan angka terbuka."),
    door(
        "route",
        "Ikuti ceritanya dari awal",
        "",
        "Dari daftar kosong sampai pakta yang dapat diperiksa siapa pun, 10 langkah.",
        "sekitar 15 menit",
        True,
    ),
]

MEMBERS = [
    S(
        initials="RK",
        name="Rabiatul Adawiyah binti Haji Abdurrahman Kemuning",
        position="Ketua",
        since="26 Mei 2024",
        oath="26 Mei 2024",
        pact="5 Nov 2024",
        pact_note="Cara: kertas, dua petugas (D)",
        checked="4 Nov 2024",
    ),
    S(
        initials="JR",
        name="Jamilah Ulfah Rambai",
        position="Anggota",
        since="26 Mei 2024",
        oath="26 Mei 2024",
        pact="5 Nov 2024",
        pact_note="Cara: kunci di ponsel (B)",
        checked="4 Nov 2024",
    ),
    S(
        initials="S",
        name="Suprapti",
        position="Anggota",
        since="8 Nov 2024",
        oath="",
        oath_note="baru diangkat",
        pact="",
        pact_note="menunggu sumpah/janji",
        checked="",
    ),
]

POINTS = [
    S(
        n=4,
        state="done",
        text="Melayani pemilih agar memperoleh sosialisasi dan informasi serta dapat menggunakan hak pilihnya.",
    ),
    S(n=5, state="done", text="Berkoordinasi dengan semua pihak dan tetap mandiri."),
    S(
        n=6,
        state="open",
        text="Menolak setiap pemberian, permintaan, atau janji dalam bentuk apa pun, langsung atau tidak langsung.",
    ),
    S(n=7, state="todo", text="Mencegah dan tidak melakukan korupsi, kolusi, dan nepotisme."),
    S(n=8, state="todo", text="Mencegah pelanggaran oleh peserta, simpatisan, dan masyarakat."),
]

VERDICTS = [
    ("recorded", "Tercatat dan tidak berubah", "Isinya sama dengan yang dicatat."),
    ("replaced", "Tercatat, tetapi sudah diganti", "Diganti versi baru pada 12 November 2024."),
    ("altered", "Tidak sama dengan yang tercatat", "Sedikitnya satu bagian isinya berbeda."),
    ("revoked", "Dicabut", "Dicabut pada 12 November 2024."),
    ("mistyped", "Kode ini salah ketik", "Dokumen Anda belum diperiksa."),
    ("unknown", "Kode ini tidak dikenal", "Tidak ada catatan dengan kode ini."),
    ("pending", "Menunggu buku log", "Sudah diterima, belum diberi nomor."),
]


def qr() -> str:
    """A real code as a data: address."""
    made = zxingcpp.create_barcode(
        "https://ikrar.contoh.id/v/7QK4M2XD9TRBH6WC3NVE8YPJ5F9", zxingcpp.BarcodeFormat.QRCode
    )
    return "data:image/svg+xml;base64," + base64.b64encode(made.to_svg().encode()).decode()


def pages() -> dict[str, tuple[str, S, dict[str, Any]]]:
    """Every sample page: template, shell, context."""
    office, public, member = shell("office"), shell("public"), shell("member", initials="JR", demo=False)
    stranger = shell("member", is_signed_in=False, demo=False)
    first = shell(
        "office",
        demo=False,
        election_name="Belum ada pemilihan",
        menu=[
            item("Beranda", "home", True),
            item("Kantor", "building-bank"),
            item("Pemilihan", "calendar-clock"),
            item("Wilayah", "map-2"),
            item("Kesiapan", "layout-grid"),
        ],
        actor_name="Rahmadi Jelutung",
        actor_role="Administrator",
        initials="RJ",
    )
    path = [("Tanah Bumbu", "#"), ("Kusan Hulu", "#"), ("PPS Manuntung", "")]
    filled = {
        "name": "Suprapti",
        "body": "1",
        "position": "MEMBER",
        "decree": "318 Tahun 2024",
        "decreed_on": "2024-11-08",
        "starts_on": "2024-11-08",
        "way": "list",
        "sex": "F",
    }
    parts = [S(value=0, of=8, is_current=True), S(value=0, of=1), S(value=3, of=5), S(value=0, of=1), S(value=0, of=1)]
    return {
        "board": ("board.html", office, board()),
        "front": ("front.html", public, {"doors": DOORS}),
        "body": ("body.html", office, {"crumbs": path, "members": MEMBERS}),
        "first_hour": ("first_hour.html", first, {"parts": parts}),
        "member_form": ("member_form.html", office, {"crumbs": path, "form": MemberForm(initial=filled)}),
        "member_form_wrong": (
            "member_form.html",
            office,
            {"crumbs": path, "form": MemberForm({**filled, "nik": "63100512", "decree": ""})},
        ),
        "member_link": ("member_link.html", stranger, {"form": LinkForm()}),
        "member_pin": ("member_pin.html", stranger, {}),
        "member_home": ("member_home.html", member, {}),
        "member_locked": ("member_locked.html", stranger, {}),
        "pact_read": ("pact_read.html", member, {"points": POINTS}),
        "pact_sign": ("pact_sign.html", member, {}),
        "pact_stored": ("pact_stored.html", member, {}),
        "pact_receipt": ("pact_receipt.html", member, {"qr": qr()}),
        "verify": ("verify.html", public, {"state": "recorded", "index": 1036, "stranger": ""}),
        "verify_altered": ("verify.html", public, {"state": "altered", "index": 1036, "stranger": "berkas Anda"}),
        "everything": ("everything.html", office, {"form": EverythingForm({})}),
        "gallery": ("gallery.html", office, {"form": EverythingForm(), "qr": qr(), "verdicts": VERDICTS}),
        "error": (
            "errors/error.html",
            public,
            {"error": S(status=404, law=None), "sentence": "Halaman ini tidak ada, atau bukan untuk wilayah Anda."},
        ),
    }
