"""T-42 and files that mean harm: put into every field, every query, every part of an address, every upload."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import connection, transaction

import hostile
from house.matrix import API, Matrix, Writes, pages, said
from house.places import RELATIONS

CORPUS = {
    "nothing but spaces": " \t\u3000",
    "NUL": "a\x00b",
    "half a character": "a\udcffb",
    "right to left": "\u202eabc\u202d\u2066",
    "invisible": "a\u200b\u200d\ufeffb\u2028\u2029",
    "not a character": "\ufffe\uffff\U0010ffff",
    "stacked marks": "a" + "\u0301" * 200,
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467\U0001f1ee\U0001f1e9",
    "look-alikes": "Ѕuрrарtі",
    "case that grows": "İıßŉﬃ",
    "other digits": "²³١٢٣６３１０",
    "markup": "<script>alert(1)</script>\"'><img src=x onerror=1>",
    "template": "{{ 7|add:7 }}{% debug %}{nama}%s%(x)s",
    "query": "'; DROP TABLE registry_person; --",
    "formula": "=HYPERLINK(\"http://x\")",
    "header": "a\r\nSet-Cookie: x=y",
    "a huge number": "9" * 5000,
    "a negative number": "-1",
    "no day": "0000-00-00",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "very long": "Ā" * 20000,
    "a path": "../../../../etc/passwd",
}
QUERIES = (
    "anggota", "badan", "cari", "halaman", "jawab", "kantor", "keadaan", "kec", "kecamatan", "kode", "kolom", "lanjut",
    "lihat", "mulai", "naskah", "pada", "pemilihan", "putar", "saring", "soal", "urut",
)
# What a query is read as: a word, a number, a day, a code, a page to go on to.
IN_QUERIES = (
    "NUL", "half a character", "other digits", "a huge number", "a negative number", "no day", "the first day",
    "the last day", "header",
)
# A form reads its fields one by one; half a character comes from no browser.
IN_FORMS = (
    "NUL", "right to left", "invisible", "not a character", "stacked marks", "emoji", "case that grows",
    "other digits", "template", "a huge number", "the last day", "very long",
)
FEW = 6
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Who opens most of it, and who else asks.
ASKERS = ("LEGAL_OFFICER", "CHAIR", "ADMIN", "SUPERVISOR_PROV", "PPK_CHAIR", "PUBLIC")


# Every route that takes a file: its field, and who brings one.
UPLOADS = {
    "kantor/": ("emblem", "ADMIN"),
    "badan/impor/": ("file", "LEGAL_OFFICER"),
    "naskah/<uuid:text_id>/ubah/": ("scan", "LEGAL_OFFICER"),
    "sumpah/<uuid:ceremony_id>/berita-acara/pindaian/": ("scan", "LEGAL_OFFICER"),
    "pakta/kertas/baru/?badan=<code>": ("scan", "LEGAL_OFFICER"),
    "v/berkas/": ("berkas", "PUBLIC"),
    "v/<str:code>/berkas/": ("berkas", "PUBLIC"),
}
HTML = b"<!doctype html><script>alert(1)</script>"
# name -> (what is it called, its bytes)
FILES = {
    "nothing": ("daftar.pdf", b""),
    "a page called a PDF": ("sk.pdf", HTML),
    "a page called a picture": ("foto.png", HTML),
    "a picture that draws with scripts": ("lambang.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "a program": ("sk.pdf.exe", b"MZ" + bytes(200)),
    "a program called a sheet": ("daftar.xlsx", b"MZ" + bytes(200)),
    "a PDF that runs a script": ("sk.pdf", hostile.pdf(script=True)),
    "a PDF with a program in it": ("sk.pdf", hostile.pdf(attachment=True)),
    "a locked PDF": ("sk.pdf", hostile.pdf(password="rahasia")),
    "half a PDF": ("sk.pdf", hostile.pdf(pages=3)[:300]),
    "a picture of 3,600 million dots": ("foto.png", hostile.huge_png()),
    "half a picture": ("foto.jpg", hostile.photo()[:500]),
    "a bomb": ("daftar.xlsx", hostile.zip_bomb(60)),
    "a bomb that lies": ("daftar.xlsx", hostile.lying_zip(60)),
    "a zip of something else": ("daftar.xlsx", hostile.zip_of(**{"../../etc/passwd": b"root"})),
    "an old sheet": ("daftar.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)),
}
# Where a file would lie if it had been taken.
KEPT = ("registry_upload", "texts_decreescan", "documents_scan", "pact_paperscan", "documents_letterhead", "regions_office")


def send(text: str) -> str:
    """The text as a browser could send it: half a character goes as the byte it is."""
    return quote(text.encode("utf-8", "surrogateescape"))


def _answer(matrix: Matrix, role: str, method: str, address: str, given: Any) -> str:
    request = matrix.make_request(role, method, address, given)
    with transaction.atomic():
        response = matrix.handler.get_response(request)
        transaction.set_rollback(True)
    return said(response)


def in_uploads(matrix: Matrix) -> Iterator[tuple[str, str, list[str]]]:
    """(what was sent, answer, tables of files that were written) for every route that takes a file.

    The pages that check any file say of a strange PDF that it is not ours: they answer, and keep nothing.
    """
    for route, (field, role) in UPLOADS.items():
        cells = matrix.table.cells[route, "POST", role]
        relation = next(each for each in RELATIONS if cells[each] in ("302", "422"))
        address = matrix.address_of(route, role, relation)
        for name, (called, content) in FILES.items():
            given = {**matrix.given(route, role, relation), field: SimpleUploadedFile(called, content)}
            writes = Writes()
            with connection.execute_wrapper(writes.note):
                got = _answer(matrix, role, "POST", address, given)
            kept = [table for table in KEPT if any(f'"{table}"' in sql.split("SET")[0] for sql in writes.statements)]
            yield f"POST {route} with {name}", got, kept


def in_queries(matrix: Matrix) -> Iterator[tuple[str, str]]:
    """(what was asked, answer) for every page, with all queries at once filled with each text."""
    for route, method, roles, cells in matrix.table.lines:
        role = next((role for role in ASKERS if role in roles), None)
        relation = next((each for each in RELATIONS if cells[each] == "200"), None)
        if method != "GET" or role is None or relation is None or "?" in route:
            continue
        address = matrix.address_of(route, role, relation)
        for name in IN_QUERIES if address else ():
            query = "&".join(f"{key}={send(CORPUS[name])}" for key in QUERIES)
            yield f"GET {address} {role} with {name}", _answer(matrix, role, "GET", f"{address}?{query}", {})


def in_addresses(matrix: Matrix) -> Iterator[tuple[str, str]]:
    """As above, for the parts of an address that are texts."""
    for route, _ in pages():
        if "<str:" not in route and "<path:" not in route and "<slug:" not in route:
            continue
        for name, text in CORPUS.items():
            if name == "very long":
                continue  # longer than any server takes an address
            address = "/" + matrix.fill_all(route, send(text))
            for role in ("LEGAL_OFFICER", "PPK_CHAIR"):
                yield f"GET {route} {role} with {name}", _answer(matrix, role, "GET", address, {})


def in_forms(matrix: Matrix) -> Iterator[tuple[str, str]]:
    """As above, for every form: each text in all fields at once; where there are few, the worst in each field alone."""
    for route, method, roles, cells in matrix.table.lines:
        role = next((role for role in ASKERS if role in roles), None)
        relation = next((each for each in RELATIONS if cells[each] in ("200", "201", "302", "422")), None)
        if method != "POST" or role is None or relation is None or route not in matrix.bodies or route.startswith(API):
            continue
        address = matrix.address_of(route, role, relation)
        given = matrix.given(route, role, relation)
        fields = [name for name, value in given.items() if not isinstance(value, UploadedFile)]
        for name in IN_FORMS:
            filled = {**given, **dict.fromkeys(fields, CORPUS[name])}
            yield f"POST {address} {role} with {name}", _answer(matrix, role, "POST", address, filled)
        for field, name in _worst(given, fields):
            one = {**given, field: CORPUS[name]}
            yield f"POST {address} {role} with {name} in {field}", _answer(matrix, role, "POST", address, one)


def _worst(given: dict[str, Any], fields: list[str]) -> Iterator[tuple[str, str]]:
    """(field, what is worst there): for every field of a day, the first and the last; of a short form, for every field."""
    for field in fields:
        if _DAY.fullmatch(str(given[field])):
            yield from ((field, name) for name in ("the first day", "the last day"))
        elif len(fields) <= FEW:
            yield field, "a huge number" if str(given[field]).isdigit() else "NUL"
