"""The sentences of `ikrar verify` in Indonesian and English; this package needs no translation files."""

from ikrar_proof.errors import Refused, Why
from ikrar_proof.package import Verified
from ikrar_proof.statement import KIND

LANGUAGES = ("id", "en")

_MALFORMED = (
    "Bagian {part} tidak berbentuk seperti yang dibuat Ikrar. Minta berkas aslinya kepada penerbitnya.",
    "The {part} does not have the form that Ikrar gives it. Ask the issuer for the original file.",
)
_PARTS = {
    Why.PACKAGE_MALFORMED: ("berkas paket", "package file"),
    Why.LEAF_MALFORMED: ("catatan buku log (daun)", "log entry (leaf)"),
    Why.OPENING_MALFORMED: ("isi catatan (bukti.json)", "opening (bukti.json)"),
    Why.EVIDENCE_MALFORMED: ("berkas bukti tanda tangan", "evidence of the signature"),
    Why.STATEMENT_MALFORMED: ("pernyataan", "statement"),
    Why.TEXT_MALFORMED: ("naskah", "text"),
    Why.PROOF_MALFORMED: ("bukti pencatatan (tlog-proof)", "inclusion proof (tlog-proof)"),
    Why.CHECKPOINT_MALFORMED: ("sidik buku log (checkpoint)", "checkpoint"),
    Why.KEY_MALFORMED: ("kunci pemeriksa", "verifier key"),
    Why.TILE_MALFORMED: ("berkas buku log", "log file"),
}
_SENTENCES = {
    Why.UNKNOWN_KIND: (
        "Jenis berkas ini tidak dikenali. Yang dapat diperiksa: tanda bukti (PDF), bukti pencatatan, dan paket bukti.",
        "This kind of file is not recognised. Receipts (PDF), inclusion proofs and proof packages can be checked."),
    Why.UNREADABLE: (
        "Berkas {detail} tidak dapat dibuka. Periksa nama dan tempatnya.",
        "The file {detail} cannot be opened. Check its name and place."),
    Why.TOO_LARGE: (
        "Berkas ini lebih dari 20 MB, terlalu besar untuk sebuah tanda bukti Ikrar.",
        "This file is larger than 20 MB, too large for a receipt of Ikrar."),
    Why.NO_POLICY: (
        "Belum ada daftar kepercayaan, jadi tidak ada yang dapat dipastikan. Unduh policy.txt dari halaman buku log "
        "penerbit melalui jalur yang Anda percayai, lalu jalankan lagi dengan --policy policy.txt.",
        "There is no trust policy, so nothing can be established. Get policy.txt from the issuer's log page over a "
        "channel that you trust, then run this again with --policy policy.txt."),
    Why.POLICY_MALFORMED: (
        "Daftar kepercayaan (policy.txt) tidak terbaca. Ambil lagi dari penerbitnya.",
        "The trust policy (policy.txt) cannot be read. Get it again from the issuer."),
    Why.POLICY_NEEDS_WITNESSES: (
        "Daftar kepercayaan ini menuntut pihak pencocok; versi ini belum dapat memeriksanya. Pasang versi terbaru.",
        "This trust policy asks for log witnesses, which this version cannot check. Install a newer version."),
    Why.NO_LEAF: (
        "Bukti ini tidak membawa catatan yang dibuktikannya. Periksa tanda bukti PDF atau paket buktinya.",
        "This proof does not carry the entry that it proves. Check the PDF receipt or the proof package instead."),
    Why.CUT_OFF: (
        "Berkas ini terpotong: bagian akhirnya tidak ada. Unduh atau salin lagi berkas aslinya.",
        "This file is cut off: its end is missing. Download or copy the original file again."),
    Why.NOT_SEALED: (
        "PDF ini tidak bersegel, jadi bukan tanda bukti Ikrar atau sudah disimpan ulang oleh program lain.",
        "This PDF bears no seal: it is not a receipt of Ikrar, or another program has saved it anew."),
    Why.SEAL_NOT_WHOLE: (
        "Segel tidak mencakup seluruh berkas: ada yang ditambahkan setelah disegel.",
        "The seal does not cover the whole file: something was added after it was sealed."),
    Why.SEAL_UNKNOWN: (
        "Berkas ini disegel dengan kunci lain, bukan kunci penerbit yang Anda percayai.",
        "This file was sealed with another key, not with that of the issuer you trust."),
    Why.SEAL_DAMAGED: (
        "Isi berkas ini tidak sama dengan yang disegel: ada yang berubah. Minta berkas aslinya.",
        "The content of this file is not what was sealed: something has changed. Ask for the original file."),
    Why.ATTACHMENTS: (
        "Lampiran di dalam berkas bukan tepat daun.txt, bukti.json, dan bukti.tlog-proof.",
        "The attachments inside are not exactly daun.txt, bukti.json and bukti.tlog-proof."),
    Why.CODE_MISTYPED: ("Kode ini salah ketik.", "This code is mistyped."),
    Why.OPENING_MISMATCH: (
        "Isi di dalam berkas bukan isi dari catatan buku log ini.",
        "The facts inside the file are not those of this log entry."),
    Why.LEAF_MISMATCH: (
        "Catatan buku log ini bukan catatan untuk isi di dalam berkas. Minta berkas aslinya kepada penerbitnya.",
        "This log entry is not one for the content of the file. Ask the issuer for the original file."),
    Why.KIND_UNKNOWN: (
        "Kejadian {detail} tidak pernah dicatat terbuka di buku log menurut versi ini, jadi tidak ada yang dapat "
        "dipastikan. Pasang versi terbaru; bila jawabannya tetap sama, berkas ini bukan buatan Ikrar.",
        "Acts of the kind {detail} never stand in the log as this version knows it, so nothing can be established. "
        "Install the newest version; if the answer stays the same, this file was not made by Ikrar."),
    Why.LABEL_MISMATCH: (
        "Isi di dalam berkas tidak berbentuk isi dari kejadian {detail}. Minta berkas aslinya kepada penerbitnya.",
        "The facts inside the file do not have the form of an act {detail}. Ask the issuer for the original file."),
    Why.KEY_MISMATCH: (
        "Kunci di dalam berkas bukan kunci yang disebut dalam pernyataan.",
        "The key inside the file is not the key that the statement names."),
    Why.SIGNATURE_WRONG: (
        "Tanda tangan tidak cocok dengan pernyataannya.",
        "The signature does not fit the statement."),
    Why.PROOF_MISMATCH: (
        "Bukti pencatatan di dalam berkas milik catatan lain; catatan ini tidak terbukti ada di buku log.",
        "The proof inside belongs to another entry; this entry is not shown to be in the log."),
    Why.LOG_UNKNOWN: (
        "Buku log {detail} tidak ada dalam daftar kepercayaan Anda.",
        "The log {detail} is not in your trust policy."),
    Why.CHECKPOINT_UNSIGNED: (
        "Sidik buku log tidak ditandatangani oleh kunci {detail} yang Anda percayai.",
        "The checkpoint is not signed by the key of {detail} that you trust."),
    Why.SIGNATURE_EXTRA: (
        "Sidik buku log membawa tanda tangan lain yang tidak pernah ditulis penerbit.",
        "The checkpoint carries another signature, which the issuer never writes."),
    Why.TREE_DIFFERS: (
        "Berkas buku log {detail} tidak sama dengan isi yang tercatat.",
        "The log file {detail} differs from what was recorded."),
}
_LEVELS = {
    "B": ("kunci di ponsel (B)", "key on the phone (B)"),
    "D": ("kertas, dua petugas (D)", "paper, two officers (D)"),
}
_NUMBER = ("{number} dari {size} (indeks {index})", "{number} of {size} (index {index})")
_YES = ("Tercatat dan tidak berubah.", "Recorded, unchanged.")
_PACT = ("pakta integritas", "integrity pact")
_SAMPLE = ("CONTOH: naskah ini hanya untuk simulasi.", "SAMPLE: this text is for a demonstration only.")
_UNWITNESSED = ("Buku log ini belum dicocokkan oleh pihak luar.", "No outsider has matched this log.")
_CHECKED = ("sudah diperiksa (KTP dan SK)", "checked (identity card and decree)")
_UNCHECKED = ("belum diperiksa", "not checked")


def explain(refused: Refused, language: str) -> str:
    """The sentence of a refusal: what is wrong and what to do now."""
    column = LANGUAGES.index(language)
    if refused.why in _PARTS:
        return _MALFORMED[column].format(part=_PARTS[refused.why][column])
    return _SENTENCES[refused.why][column].format(detail=refused.detail)


def level_in_words(level: str, language: str) -> str:
    """A signature level as people read it, e.g. `kertas, dua petugas (D)`."""
    return _LEVELS[level][LANGUAGES.index(language)]


def describe(found: Verified, language: str) -> str:
    """The facts of a check that said yes, one a line."""
    column = LANGUAGES.index(language)
    said, leaf, log = found.statement, found.leaf, found.checkpoint
    rows: list[tuple[str, str]] = []
    if said and found.facts:
        checked = _CHECKED if found.facts["identity_checked"] else _UNCHECKED
        rows = [
            (("Ditandatangani", "Signed")[column], f"{_PACT[column]}, {('versi', 'version')[column]} {said.version}"),
            (("Naskah", "Text")[column], said.document),
            (("Penandatangan", "Signer")[column], f"{said.signer}, {said.position}"),
            (("Waktu menurut penandatangan", "Time by the signer")[column], said.client_time),
            (("Waktu diterima", "Time received")[column], found.facts["server_time"]),
            (("Cara", "Way")[column], level_in_words(found.facts["level"], language)),
            (("Identitas", "Identity")[column], checked[column]),
        ]
        rows += [(("Pindaian", "Scan")[column], found.facts["scan"])] if "scan" in found.facts else []
    elif found.kind:
        rows = [(("Isi", "Content")[column], found.kind)]
    rows += [
        (("Catatan buku log", "Log entry")[column], f"{leaf.kind}, {leaf.at:%Y-%m-%dT%H:00Z}"),
        (("Buku log", "Log")[column], log.origin),
        (("Nomor", "Number")[column], _NUMBER[column].format(number=found.index + 1, size=log.size, index=found.index)),
    ]
    sample = [_SAMPLE[column]] if said and said.version.startswith("contoh-") else []
    return "\n".join([_YES[column], *sample, *(f"{label}: {value}" for label, value in rows), _UNWITNESSED[column]])


def to_json(found: Verified) -> dict[str, object]:
    """The facts of a check that said yes, for programs."""
    said = found.statement
    return {
        "verified": True, "sealed": found.is_sealed, "kind": found.kind, "facts": found.facts,
        "leaf": {"kind": found.leaf.kind, "at": f"{found.leaf.at:%Y-%m-%dT%H:00Z}", "object": found.leaf.object_hash,
                 "replaces": found.leaf.replaces},
        "log": {"origin": found.checkpoint.origin, "size": found.checkpoint.size, "index": found.index,
                "root": found.checkpoint.root.hex()},
        "statement": said and {
            "kind": KIND, "document": said.document, "version": said.version, "signer": said.signer,
            "position": said.position, "event": said.event, "client_time": said.client_time},
    }
