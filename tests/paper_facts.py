"""Made-up facts for every paper: the usual, the smallest, and the ugliest. Places are real, people and numbers are not."""

from datetime import UTC, date, datetime
from typing import Any

GIVEN = ("Jamilah", "Fahriadi", "Rabiatul", "Suprapti", "Hamdani", "Lisnawati", "Irfani", "Norhayati",
         "Syaifullah", "Yohana")
FAMILY = ("Rambai", "Ramania", "Kemuning", "Mahoni", "Kapul", "Meranti", "Jelutung", "Ulin", "Kenanga", "Lanan", "Tarap")
LONG_NAME = "Rabiatul Adawiyah binti Haji Abdurrahman Kemuning Al Banjariyah"
DISTRICTS = ("Batu Licin", "Kusan Hilir", "Sungai Loban", "Satui", "Kusan Hulu", "Simpang Empat", "Karang Bintang",
             "Mantewe", "Angsana", "Kuranji", "Kusan Tengah", "Teluk Kepayang")
CODE = "3PWD8MZKH1QV6TRC0XNBY7GE4AC"
ELECTION = "Pemilihan Gubernur dan Wakil Gubernur serta Bupati dan Wakil Bupati Tahun 2024"
PROMISES = [
    "Bahwa saya akan memenuhi tugas dan kewajiban saya sebagai anggota Panitia Pemungutan Suara dengan sebaik-baiknya "
    "sesuai dengan peraturan perundang-undangan dengan berpedoman pada Pancasila dan Undang-Undang Dasar Negara Republik "
    "Indonesia Tahun 1945.",
    "Bahwa saya dalam menjalankan tugas dan wewenang akan bekerja dengan sungguh-sungguh, jujur, adil, dan cermat demi "
    f"suksesnya {ELECTION}, tegaknya demokrasi dan keadilan, serta mengutamakan kepentingan Negara Kesatuan Republik "
    "Indonesia daripada kepentingan pribadi atau golongan.",
]
AT = datetime(2024, 5, 26, 1, 0, tzinfo=UTC)


def office(**changed: Any) -> dict[str, Any]:
    """The letterhead of a made-up address in a real regency."""
    return {"name": "KPU Kabupaten Tanah Bumbu", "lines": ["Komisi Pemilihan Umum", "Kabupaten Tanah Bumbu"],
            "address": "Jalan Contoh Nomor 1, Batulicin 72271",
            "contact": "Telepon (0518) 000000, surel contoh@kpu.contoh.id",
            "emblem": None, "sheet": "a4", "zone": "Asia/Makassar", **changed}


def verify(code: str = CODE) -> dict[str, Any]:
    return {"address": "ikrar.contoh.id/v", "code": code, "qr": f"https://ikrar.contoh.id/v/{code}"}


def person(number: int) -> str:
    """A name of one, two or three words, the same for the same number."""
    given, family = GIVEN[number % len(GIVEN)], FAMILY[number % len(FAMILY)]
    second = GIVEN[(number * 7 + 3) % len(GIVEN)]
    return given if number % 13 == 0 else f"{given} {family}" if number % 3 else f"{given} {second} {family}"


def sworn_bodies(bodies: int, members: int = 3) -> list[dict[str, Any]]:
    return [{"district": DISTRICTS[n % len(DISTRICTS)], "body": f"PPS Desa Contoh {n + 1}",
             "members": [{"name": person(n * members + m), "position": "Anggota" if m else "Ketua merangkap anggota"}
                         for m in range(members)]} for n in range(bodies)]


def oath_record(**changed: Any) -> dict[str, Any]:
    """471 appointed, 464 sworn: the record of the design picture."""
    bodies = sworn_bodies(157)
    open_people = [{"name": body["members"].pop()["name"], "position": "Anggota", "body": body["body"],
                    "district": body["district"]} for body in bodies[5:148:22]]
    return {
        "office": office(), "verify": verify(), "marks": ["demo", "wording"],
        "log": {"name": "ikrar.contoh.id/2024", "size": 169, "root": "5ac1 0f7e"},
        "number": "41/PP.04.2-BA/6310/2024", "members": "anggota Panitia Pemungutan Suara",
        "scope": "se-Kabupaten Tanah Bumbu", "election": ELECTION, "held_at": AT,
        "place": "Gedung Mahligai Bersujud, Batulicin", "where": "pada 157 desa dan kelurahan di 12 kecamatan",
        "decrees": ["Keputusan KPU Kabupaten Tanah Bumbu Nomor 97 Tahun 2024"], "follows": None,
        "officiant": {"name": "Hamdani Mahoni", "position": "Ketua KPU Kabupaten Tanah Bumbu"},
        "witnesses": [{"name": "Syarifah Meranti", "position": "Anggota KPU Kabupaten Tanah Bumbu"},
                      {"name": "Irfani Kapul", "position": "Anggota KPU Kabupaten Tanah Bumbu"}],
        "representatives": [{"name": "Fahriadi Ramania", "position": "Ketua PPS Lasung"}],
        "clergy": 3, "appointed": 471, "sworn": 464, "missing": 7, "absent": 5, "excused": 2, "sworn_bodies": bodies,
        "absent_members": open_people[:5], "excused_members": open_people[5:], "text": oath_text(), "copies": 3, **changed}


def oath_text() -> dict[str, Any]:
    return {"name": "naskah sumpah/janji anggota PPS", "version": "pilkada-2024-1",
            "basis": "Keputusan KPU Nomor 1 Tahun 2024 (contoh)",
            "forms": [{"label": "Sumpah/janji", "lines": PROMISES}],
            "openings": ["Demi Allah saya bersumpah", "Demi Tuhan saya berjanji"], "digest": "8b1f22c790de4a55" * 4}


def small_oath_record(**changed: Any) -> dict[str, Any]:
    """Seven people of two bodies, nobody missing, one witness, no clergy, no emblem: the smallest honest record."""
    bodies = [{"district": "Satui", "body": "PPS Satui Timur",
               "members": [{"name": n, "position": "Anggota"} for n in ("Suprapti", LONG_NAME, "Yohana Ulin")]},
              {"district": "Satui", "body": "PPS Sungai Danau",
               "members": [{"name": person(n), "position": "Anggota"} for n in range(4)]}]
    return oath_record(**{
        "where": None, "scope": "Kecamatan Satui",
        "witnesses": [{"name": LONG_NAME, "position": "Sekretaris KPU Kabupaten Tanah Bumbu"}],
        "clergy": 0, "appointed": 7, "sworn": 7, "missing": 0, "absent": 0, "excused": 0, "sworn_bodies": bodies,
        "absent_members": [], "excused_members": [], "marks": [],
        "follows": {"number": "41/PP.04.2-BA/6310/2024", "on": date(2024, 5, 26)},
        **changed})


def pact_receipt(**changed: Any) -> dict[str, Any]:
    """The receipt of the design picture."""
    return {
        "office": office(), "verify": verify("7QK4M2XD9TRBH6WC3NVE8YPJ5F9"), "marks": ["demo"],
        "log": {"name": "ikrar.contoh.id/2024", "size": 1041, "index": 1037, "root": "77c0 e2b9 … 08d4", "matched_by": 0},
        "name": "Jamilah Ulfah Rambai", "position": "Anggota Panitia Pemungutan Suara",
        "area": "Desa Manuntung, Kecamatan Kusan Hulu",
        "decree": "Keputusan KPU Kabupaten Tanah Bumbu Nomor 97 Tahun 2024",
        "pact": {"name": "Pakta Integritas anggota PPS", "version": "2022",
                 "digest": "8b1f22c790de4a55" * 3 + "00000000e07c31b2"},
        "statement": "Saya telah membaca, memahami, dan menyetujui seluruh isi dokumen ini.", "way": "B",
        "signed_at": datetime(2024, 11, 5, 13, 4, tzinfo=UTC), "recorded_at": datetime(2024, 11, 5, 13, 5, tzinfo=UTC),
        "sealed_at": datetime(2024, 11, 5, 13, 6, tzinfo=UTC), "identity_on": date(2024, 11, 4),
        "host": "ikrar.contoh.id", **changed}


def link_member(number: int, **changed: Any) -> dict[str, Any]:
    return {"name": person(number), "position": "Anggota PPS Manuntung, Kecamatan Kusan Hulu", "code": "4HXT7QNB2WKC3",
            "qr": f"https://ikrar.contoh.id/m/#4HXT7QNB2WKC3{number:04d}", **changed}


def link_body(first: int, members: int = 3) -> dict[str, Any]:
    return {"kind": "PPS", "body": "PPS Manuntung", "area": "Kecamatan Kusan Hulu, Kabupaten Tanah Bumbu",
            "members": [link_member(first + n) for n in range(members)]}


def link_sheet(bodies: int = 1, members: int = 3, **changed: Any) -> dict[str, Any]:
    """Sheets for so many bodies; the first has a long name, and one member without a code."""
    sheets = [link_body(n * members, members) for n in range(bodies)]
    sheets[0]["members"][0]["name"] = "Rabiatul Adawiyah binti Haji Abdurrahman Kemuning"
    sheets[0]["members"][-1] = {"name": "Suprapti", "position": "Anggota PPS Manuntung, Kecamatan Kusan Hulu",
                                "lacking": "NIK dan tanggal lahir"}
    return {"office": office(), "marks": ["demo"], "printed_at": datetime(2024, 11, 11, 8, 20, tzinfo=UTC),
            "valid_until": date(2024, 12, 11), "address": "ikrar.contoh.id/m",
            "help": "KPU Kabupaten Tanah Bumbu, telepon (0518) 000000", "bodies": sheets, **changed}


POINTS = [
    "Menyelenggarakan {nama_pemilihan} berdasarkan asas langsung, umum, bebas, rahasia, jujur, dan adil, dengan cara yang "
    "profesional, efektif, dan efisien.",
    "Melaksanakan semua tahapan di wilayah kerja saya dengan sungguh-sungguh, terbuka, dan bertanggung jawab.",
    "Memperlakukan setiap peserta dan pihak yang berkepentingan secara adil dan tidak memihak.",
    "Melayani pemilih agar memperoleh sosialisasi dan informasi serta dapat menggunakan hak pilihnya.",
    "Mengawasi dan membina PPS dan KPPS.",
    "Berkoordinasi dengan semua pihak dan tetap mandiri.",
    "Menolak setiap pemberian, permintaan, atau janji dalam bentuk apa pun, langsung atau tidak langsung.",
    "Mencegah dan tidak melakukan korupsi, kolusi, dan nepotisme.",
    "Mencegah pelanggaran oleh peserta, simpatisan, dan masyarakat.",
    "Menegakkan kode etik dan mencegah pelanggarannya di setiap tahapan.",
    "Bekerja penuh waktu sampai masa kerja saya berakhir.",
    "Menerima sanksi moral, administratif, dan hukum apabila saya melanggar pakta ini.",
]
PREAMBLE = (
    "Melalui {nama_pemilihan} terbuka jalan bagi demokrasi yang lebih baik. Jalan itu rawan penyimpangan, godaan, dan "
    "campur tangan pihak yang tidak bertanggung jawab, sedangkan rakyat berharap pada penyelenggara yang berintegritas. "
    "Demi masa depan demokrasi, bangsa, dan negara, pada hari ini dan di tempat ini saya, {nama_lengkap}, anggota "
    "{nama_badan} {nama_wilayah}, bertekad bekerja keras dan berjanji kepada rakyat Indonesia bahwa selama bertugas saya "
    "akan:")


def pact_sheet(members: int = 1, **changed: Any) -> dict[str, Any]:
    """Paper pacts of so many members; the first has the longest name."""
    names = [LONG_NAME, *(person(n) for n in range(1, members))]
    sheets = [{"name": name, "under": "Anggota PPS Manuntung, Kecamatan Kusan Hulu",
               "label": f"lembar PPS Manuntung, {n} dari {members}", "qr": f"https://ikrar.contoh.id/pakta/kertas/{n:08d}",
               "fill": {"nama_lengkap": name, "nama_badan": "Panitia Pemungutan Suara", "nama_wilayah": "Desa Manuntung"}}
              for n, name in enumerate(names, start=1)]
    return {"office": office(), "marks": ["sample"], "title": ["Pakta integritas", "anggota Panitia Pemungutan Suara"],
            "version": "contoh-2022", "city": "Batulicin", "year": 2024, "preamble": PREAMBLE, "points": POINTS,
            "common": {"nama_pemilihan": ELECTION}, "sheets": sheets, **changed}


HELP = "Rahmadi Jelutung, administrator, telepon (0518) 000000"


def invitation_sheet(**changed: Any) -> dict[str, Any]:
    return {"office": office(), "marks": [], "name": "Murjani Ulin", "position": "Ketua Divisi Hukum", "role": "Penyetuju",
            "address": "ikrar.contoh.id/masuk", "code": "4H7WQ2ZN8KXTB6RC1VME", "help": HELP,
            "qr": "https://ikrar.contoh.id/masuk/#4H7WQ2ZN8KXTB6RC1VME",
            "valid_until": datetime(2024, 5, 10, 11, 42, tzinfo=UTC),
            "printed_at": datetime(2024, 5, 7, 11, 42, tzinfo=UTC), **changed}


def recovery_codes(**changed: Any) -> dict[str, Any]:
    codes = [f"{n}XK7 Q2ZN {n}TB6" for n in range(10)]
    return {"office": office(), "marks": [], "name": "Murjani Ulin", "position": "Ketua Divisi Hukum", "codes": codes,
            "address": "ikrar.contoh.id/masuk", "help": HELP,
            "printed_at": datetime(2024, 5, 8, 1, 12, tzinfo=UTC), **changed}


def specimen(**changed: Any) -> dict[str, Any]:
    sample = {"address": "ikrar.contoh.id/v", "code": None, "qr": "https://ikrar.contoh.id/v/"}
    return {"office": office(), "verify": sample, "marks": [], "log": None, "number": "41/PP.04.2-BA/6310/2024",
            "signers": [{"name": "Akhmad Sapuan Lanan", "position": "Sekretaris", "nip": "", "nip_missing": True},
                        {"name": "Hamdani Mahoni", "position": "Ketua", "nip": ""}], **changed}
