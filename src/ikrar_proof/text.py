"""The text that people sign or swear, `ikrar-naskah/v1`: one file per body and version, named by its SHA-256."""

import re
from dataclasses import dataclass
from hashlib import sha256

from ikrar_proof.errors import Refused, Why
from ikrar_proof.statement import KIND, VERSION_ID
from ikrar_proof.strict import read_fields, read_lines

LABEL = "ikrar-naskah/v1"
PACT, OATH = KIND, "sumpah-janji"
PLACEHOLDERS = ("nama_pemilihan", "nama_lengkap", "nama_badan", "nama_wilayah")
_HEADER = {"jenis": f"{PACT}|{OATH}", "versi": VERSION_ID, "badan": "[A-Z]{2,12}", "keputusan": r"\S(?:.*\S)?",
           "contoh": "ya|tidak"}
_NORM = r"[A-Z]{2,4}(?:\.[A-Za-z0-9]{1,5}){1,3}"
_LINE = re.compile(rf"(?:(pembuka|penutup)|(butir|sumpah|janji) ({_NORM})) (\S(?:.*\S)?)")
# A pact has its opening, its points and its closing, an oath first all lines of one form and then all of the other.
_ORDER = {PACT: re.compile("(pembuka )*(butir )+(penutup )*"), OATH: re.compile("(sumpah )+(janji )+")}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: `part` is pembuka, butir, penutup, sumpah or janji; a point or promise names its norm."""

    part: str
    text: str
    norm: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A pact or oath text; `decree` is `-` only for a sample, whose version begins with `contoh-`."""

    kind: str
    version: str
    body: str
    decree: str
    is_sample: bool
    lines: tuple[Line, ...]

    def to_bytes(self) -> bytes:
        """The exact file. Raises: Refused where the text does not have the form."""
        header = [self.kind, self.version, self.body, self.decree, "ya" if self.is_sample else "tidak"]
        lines = [LABEL, *(f"{label} {value}" for label, value in zip(_HEADER, header, strict=True)),
                 *(" ".join(filter(None, (line.part, line.norm, line.text))) for line in self.lines)]
        data = "".join(f"{line}\n" for line in lines).encode()
        if parse_text(data) != self:
            raise Refused(Why.TEXT_MALFORMED, "lines")
        return data

    def hash(self) -> str:
        """The `dokumen` of a statement under this text, `sha256:<hex>` of the file."""
        return f"sha256:{sha256(self.to_bytes()).hexdigest()}"


def parse_text(data: bytes) -> Text:
    """The text of a file."""
    label, *lines = read_lines(data, Why.TEXT_MALFORMED) or [""]
    head = read_fields(lines[:len(_HEADER)], _HEADER, Why.TEXT_MALFORMED)
    body = tuple(_read_line(line) for line in lines[len(_HEADER):])
    order = "".join(f"{line.part} " for line in body)
    is_sample = head["contoh"] == "ya"
    if label != LABEL or not _ORDER[head["jenis"]].fullmatch(order):
        raise Refused(Why.TEXT_MALFORMED, "order")
    if is_sample != head["versi"].startswith("contoh-") or (head["keputusan"] == "-" and not is_sample):
        raise Refused(Why.TEXT_MALFORMED, "contoh")
    return Text(head["jenis"], head["versi"], head["badan"], head["keputusan"], is_sample, body)


def _read_line(line: str) -> Line:
    found = _LINE.fullmatch(line)
    if not found:
        raise Refused(Why.TEXT_MALFORMED, line[:40])
    plain = re.sub("{(?:" + "|".join(PLACEHOLDERS) + ")}", "", found[4])
    if "{" in plain or "}" in plain:
        raise Refused(Why.TEXT_MALFORMED, "placeholder")
    return Line(found[1] or found[2], found[4], found[3])
