"""Sample data of the look tests: made-up people and gaps in the true districts of Tanah Bumbu."""

import base64
from types import SimpleNamespace as S
from typing import Any

import zxingcpp

from look.forms import EverythingForm, LinkForm, MemberForm, OfficeForm


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

OPTIONS = [("H", "Hadir", "ok"), ("T", "Tanpa keterangan", "bad"), ("I", "Izin", "neutral")]
CALLED = [
    S(
        name="PPS Lasung",
        done=True,
        people=[
            S(id="a", name="Fahriadi Ramania", position="Ketua", value="H", lit=""),
            S(id="b", name="Ulfah Pandan", position="Anggota", value="H", lit=""),
        ],
    ),
    S(
        name="PPS Manuntung",
        done=False,
        people=[
            S(id="c", name="Rabiatul Adawiyah binti Haji Abdurrahman Kemuning", position="Ketua", value="H", lit=""),
            S(id="d", name="Kasyful Jingah", position="Anggota", value="", lit="1"),
        ],
    ),
    S(
        name="PPS Anjir Baru",
        done=False,
        people=[
            S(id="e", name="Wahidin", position="Anggota", value="T", lit=""),
            S(id="f", name="Maulida Melati", position="Anggota", value="I", lit=""),
        ],
    ),
]
CALLED_DISTRICTS = [
    S(name="Batu Licin", n=27, of=27, done=True, note="", current=False),
    S(name="Kusan Hilir", n=66, of=66, done=True, note="2 tanpa keterangan atau izin", current=False),
    S(name="Kusan Hulu", n=7, of=33, done=False, note="2 tanpa keterangan atau izin", current=True),
    S(name="Teluk Kepayang", n=30, of=30, done=True, note="", current=False),
]
SIGNED = [
    ("Batu Licin", 31, 32),
    ("Kusan Hilir", 65, 70),
    ("Sungai Loban", 56, 56),
    ("Satui", 58, 64),
    ("Angsana", 32, 32),
]
NORMS = [
    S(
        title="Hindari pertemuan yang terkesan memihak",
        before="Menghindari pertemuan yang memberi kesan ",
        mark="keberpihakan",
        after=" kepada publik.",
        code="KE.8.l",
        source="Peraturan DKPP 2/2017, Pasal 8 huruf l",
        conf="V",
    ),
    S(
        title="Terapkan aturan yang sama untuk semua",
        before="Menjamin peraturan diterapkan secara adil dan tidak ",
        mark="memihak",
        after=".",
        code="KE.11.d",
        source="Peraturan DKPP 2/2017, Pasal 11",
        conf="R",
    ),
]
MATTERS = [
    ("scale", "Netral dan dukungan", "foto, kaus, grup WhatsApp", 8),
    ("gift", "Pemberian dan uang", "parsel, honor, fasilitas", 14),
    ("users", "Keluarga dan rekrutmen", "kerabat, titipan", 8),
    ("wheelchair", "Hak pilih dan akses difabel", "TPS, bahan, bantuan", 7),
]
COLUMNS = [
    S(letter=letter, name=name, state="is-wanted" if name == "Pilih" else "")
    for letter, name in [
        ("B", "Nama"),
        ("C", "NIK"),
        ("D", "Jenis kelamin"),
        ("E", "Tanggal lahir"),
        ("F", "Telepon"),
        ("J", "Pilih"),
    ]
]
STATES = [
    (8, "Belum dibuka", "mail"),
    (4, "Sudah dibuka, belum ditandatangani", "mail-opened"),
    (1, "Terkunci", "lock"),
    (2, "Belum dapat dikirim: data kosong", "circle-dashed"),
    (1, "Tidak setuju", "message-circle"),
    (6, "Menunggu sumpah/janji", "microphone"),
]
LINKS = [
    (
        "Suprapti",
        "Anggota PPS Manuntung, Kusan Hulu",
        "missing",
        "circle-dashed",
        "Belum dapat dikirim",
        False,
        "NIK dan tanggal lahir kosong",
        "Lengkapi data",
    ),
    (
        "Taufiqurrahman Sungkai",
        "Ketua PPS Al Kautsar, Satui",
        "missing",
        "lock",
        "Terkunci",
        False,
        "Minggu, 10 Nov pukul 20.15 WITA",
        "Terbitkan ulang",
    ),
    (
        "Norhalimah Teratai",
        "Anggota PPS Barakat Mufakat, Satui",
        "neutral",
        "mail",
        "Belum dibuka",
        True,
        "dikirim Sabtu, 9 Nov",
        "Salin teks",
    ),
    (
        "Saidah Bungur",
        "Anggota PPK Satui",
        "soon",
        "message-circle",
        "Tidak setuju",
        False,
        "alasan ditulis Minggu, 10 Nov",
        "Baca alasan",
    ),
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
    stranger = shell("member", is_signed_in=False)
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
        "rollcall": (
            "rollcall.html",
            office,
            {"crumbs": path, "bodies": CALLED, "districts": CALLED_DISTRICTS, "options": OPTIONS},
        ),
        "transparency": (
            "transparency.html",
            public,
            {"crumbs": path, "rows": [S(name=name, n=n, of=of, left=of - n) for name, n, of in SIGNED]},
        ),
        "signin": ("signin.html", shell("public", demo=False), {"qr": qr()}),
        "office": (
            "office.html",
            office,
            {
                "crumbs": path,
                "form": OfficeForm(
                    initial={
                        "line_1": "KOMISI PEMILIHAN UMUM",
                        "line_2": "KABUPATEN TANAH BUMBU",
                        "zone": "WITA",
                        "paper": "A4",
                    }
                ),
            },
        ),
        "approval": ("approval.html", office, {"crumbs": path}),
        "norms": ("norms.html", public, {"norms": NORMS, "matters": MATTERS}),
        "mapping": ("mapping.html", office, {"crumbs": path, "fields": COLUMNS}),
        "links": ("links.html", office, {"crumbs": path, "states": STATES, "people": LINKS}),
        "error": (
            "errors/error.html",
            public,
            {"error": S(status=404, law=None), "sentence": "Halaman ini tidak ada, atau bukan untuk wilayah Anda."},
        ),
    }
