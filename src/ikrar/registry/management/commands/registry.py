"""`ikrar registry import FILE --region CODE`: a roster from a spreadsheet, at a prompt, by the same acts as the page."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext, ngettext

from ikrar.access.law import roles
from ikrar.core.actor import Actor, Kind
from ikrar.core.db.scope import within
from ikrar.core.errors import AppError, Invalid
from ikrar.core.http import sentence
from ikrar.core.uploads import Kind as FileKind
from ikrar.core.uploads import check_size
from ikrar.regions.queries import find_office
from ikrar.registry.actions import Imported, import_file, try_file
from ikrar.registry.queries import find_current_election
from ikrar.registry.rules.imports import MAPPING_EXAMPLE, ImportRefusal
from ikrar.registry.rules.judging import Verdict
from ikrar.registry.rules.layout import SheetLayout, layout_from_json
from ikrar.registry.spreadsheet import tell

SUBJECT = "ikrar registry import"


class Command(BaseCommand):
    """Exit 0 where all rows fit, 1 where some are rejected, 2 where the file cannot be used."""

    help = "Import a roster from an .xlsx file; what is wrong is named by row and column."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        brought = verbs.add_parser("import", help="judge every row, then store the right ones")
        brought.add_argument("file", type=Path, metavar="FILE")
        brought.add_argument("--region", required=True, help="the code of the office's region, for example 63.10")
        brought.add_argument("--mapping", type=Path, metavar="FILE", help=f"JSON such as {MAPPING_EXAMPLE}")
        brought.add_argument("--dry-run", action="store_true", help="store nothing")
        brought.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = _run(options)
        except AppError as error:
            self._refuse(error, options["as_json"])
        rows = found.judged.effect.rejected
        self.stdout.write(json.dumps(_as_json(found), ensure_ascii=False) if options["as_json"] else _as_text(found))
        if rows:
            self.stderr.write(ngettext("{n} row does not fit.", "{n} rows do not fit.", rows).format(n=rows))
            raise SystemExit(1)

    def _refuse(self, error: AppError, as_json: bool) -> NoReturn:
        said = sentence(error.code, error.data)
        if as_json:
            self.stdout.write(json.dumps({"code": error.code.key, "message": said}, ensure_ascii=False))
        self.stderr.write(said)
        raise SystemExit(2)


def _run(options: dict[str, Any]) -> Imported:
    file: Path = options["file"]
    region = str(options["region"]).strip(". ")
    layouts = _read_mapping(options["mapping"]) if options["mapping"] else None
    data = _read(file)
    office = find_office(f"{region}.")
    if office is None or office.path != f"{region}.":
        raise Invalid(ImportRefusal.NO_OFFICE, code=region)
    if find_current_election(office.pk) is None:
        raise Invalid(ImportRefusal.NO_ELECTION)
    act = try_file if options["dry_run"] else import_file
    actor = Actor(Kind.SYSTEM, SUBJECT, office.path, "SYSTEM", roles()["LEGAL_OFFICER"].verbs, "Ikrar")
    with within(*actor.scope):
        return act(actor=actor, office_id=office.pk, file_name=file.name, data=data, layouts=layouts)


def _read(file: Path) -> bytes:
    """The file's bytes, unless it is too large to be a roster. Raises: Invalid, Unreadable."""
    try:
        check_size(FileKind.SHEET, file.stat().st_size)
        return file.read_bytes()
    except OSError as error:
        raise Invalid(ImportRefusal.FILE_MISSING, file=str(file)) from error


def _read_mapping(file: Path) -> list[SheetLayout]:
    """One layout, a list of them, or `{"sheets": […]}`. Raises: Invalid."""
    try:
        given = json.loads(file.read_text())
        sheets = given.get("sheets", [given]) if isinstance(given, dict) else given
        return [layout_from_json(each) for each in sheets]
    except (OSError, UnicodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(ImportRefusal.MAPPING_UNREADABLE, example=MAPPING_EXAMPLE) from error


def _as_json(found: Imported) -> dict[str, Any]:
    effect = found.judged.effect
    return {
        "accepted": effect.accepted,
        "unchanged": effect.unchanged,
        "rejected": [line for verdict in found.judged.rejected for line in _faults(verdict)],
    }


def _faults(verdict: Verdict) -> Iterable[dict[str, Any]]:
    for fault in verdict.faults:
        yield {
            "sheet": verdict.sheet,
            "row": verdict.row,
            "column": fault.column,
            "code": fault.trouble.code.key,
            "message": " ".join(tell(fault.trouble)),
        }


def _as_text(found: Imported) -> str:
    effect = found.judged.effect
    stored = gettext("{new} new, {changed} changed, {unchanged} unchanged, {rejected} rejected.")
    lines = [
        stored.format(new=effect.new, changed=effect.changed, unchanged=effect.unchanged, rejected=effect.rejected)
    ]
    if found.made is None:
        lines.append(gettext("Nothing was stored."))
    for verdict in found.judged.rejected:
        for fault in _faults(verdict):
            lines.append("{sheet} {column}{row}  {message}".format(**fault))
    return "\n".join(lines)
