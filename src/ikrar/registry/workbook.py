"""Opens a spreadsheet inside the sandbox's child and gives its cells with their types; never imported by the service.

calamine reads values; a light pass over the XML beside it finds which cells compute and how far the sheet reaches.
"""

import datetime
import html
import io
import math
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from typing import Any

import python_calamine

from ikrar.core.sandbox.archives import open_archive
from ikrar.core.sandbox.refusals import Refused

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 20_000, 200, 30
LONGEST_CELL = 500
_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?P<front>(?:[^>]*?\s)?)r="(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})"(?P<back>[^>]*)(?<!/)>\s*'
    rb"<(?:\w+:)?(?:(?P<f>f)(?:\s[^>]*?)?(?:/>|>(?P<formula>.*?)</(?:\w+:)?f>)|v>(?P<value>[^<]*)|is)", re.DOTALL)
_IS_ERROR = b't="e"'
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Place = tuple[int, int]


def read(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Every sheet with its rows from row 1 on: text, number, bool, `{"d": date}` or `{"f": formula}`."""
    with open_archive(data) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
            raise Refused("OTHER_CONTENT", extension=".xlsx", wanted=".xlsx")
        files = _sheet_files(archive)
        special = {name: _scan(name, archive.read(file)) for name, file in files.items() if file in names}
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [_sheet(book, about, special.get(about.name, {})) for about in book.sheets_metadata[:MOST_SHEETS]
                  if about.typ == python_calamine.SheetTypeEnum.WorkSheet]
    except python_calamine.CalamineError as error:
        raise Refused("BROKEN") from error
    return {"sheets": sheets}, b""


def _sheet_files(archive: zipfile.ZipFile) -> dict[str, str]:
    """The file of each sheet, by its name."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  (in the sandbox; expat bounds entities)
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except (ElementTree.ParseError, KeyError) as error:
        raise Refused("BROKEN") from error
    targets = {each.get("Id"): str(each.get("Target")) for each in relations}
    found = {}
    for sheet in book.iter():
        target = targets.get(sheet.get(_RELATION)) if sheet.tag.endswith("}sheet") else None
        if target:
            found[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _scan(name: str, xml: bytes) -> dict[Place, Any]:
    """Where the sheet computes or shows an error, which calamine gives as an empty cell.

    Refuses a sheet that reaches further than any roster does.
    """
    special: dict[Place, Any] = {}
    last_row = last_column = 0
    for found in _CELL.finditer(xml):
        row, column = int(found["row"]), _column(found["column"])
        last_row, last_column = max(last_row, row), max(last_column, column)
        if found["f"]:
            special[row - 1, column] = {"f": f"={_text(found['formula'] or '…'.encode())}"[:LONGEST_CELL]}
        elif _IS_ERROR in found["front"] or _IS_ERROR in found["back"]:
            special[row - 1, column] = _text(found["value"] or b"#N/A")[:LONGEST_CELL]
    if last_row > MOST_ROWS:
        raise Refused("TOO_MANY_ROWS", sheet=name, rows=last_row, limit=MOST_ROWS)
    if last_column >= MOST_COLUMNS:
        raise Refused("TOO_MANY_COLUMNS", sheet=name, columns=last_column + 1, limit=MOST_COLUMNS)
    return special


def _text(xml: bytes) -> str:
    return html.unescape(xml.decode("utf-8", "replace"))


def _column(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _sheet(book: python_calamine.CalamineWorkbook, about: python_calamine.SheetMetadata,
           special: dict[Place, Any]) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(about.name)
    rows: list[list[Any]] = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    _repeat_merged(rows, sheet.merged_cell_ranges or [])
    for (row, column), value in special.items():
        _put(rows, row, column, value)
    return {"name": about.name, "hidden": about.visible != python_calamine.SheetVisibleEnum.Visible, "rows": rows}


def _repeat_merged(rows: list[list[Any]], ranges: list[tuple[Place, Place]]) -> None:
    """A kecamatan merged over the rows of its members stands on each of them."""
    for (top, left), (bottom, right) in ranges:
        if left == right and top < len(rows) and left < len(rows[top]):
            for row in range(top + 1, min(bottom + 1, len(rows))):
                _put(rows, row, left, rows[top][left])


def _put(rows: list[list[Any]], row: int, column: int, value: Any) -> None:
    while len(rows) <= row:
        rows.append([])
    rows[row] += [None] * (column + 1 - len(rows[row]))
    rows[row][column] = value


def _cell(value: Any) -> Any:
    """Dates lose their time of day; what is neither text, number nor date becomes text."""
    match value:
        case bool() | int():
            return value
        case "":
            return None
        case str():
            return value[:LONGEST_CELL]
        case float():
            return value if math.isfinite(value) else "#NUM!"
        case datetime.date():
            return {"d": value.strftime("%Y-%m-%d")}
    return str(value)
