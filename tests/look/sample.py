"""Sample data of the look tests: made-up people and gaps in the true districts of Tanah Bumbu."""

from types import SimpleNamespace as S
from typing import Any


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


def pages() -> dict[str, tuple[str, S, dict[str, Any]]]:
    """Every sample page: template, shell, context."""
    return {
        "board": ("board.html", shell("office"), board()),
    }
