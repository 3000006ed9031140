"""The child process that runs typst once and ends: typst keeps every document it ever laid out, up to 400 MB each.

Started by `ikrar.documents.typeset` with an empty environment; it needs typst and nothing of ours. Reads one line of
JSON from standard input; answers `P` and the file, or `E` and the error as JSON.
"""

import json
import sys
from datetime import datetime
from typing import Any

import typst


def main() -> None:
    """Answer one request."""
    asked = json.load(sys.stdin.buffer)
    try:
        answer = b"P" + _typeset(asked)
    except typst.TypstError as error:
        answer = b"E" + json.dumps({"message": error.message, "diagnostic": error.diagnostic}).encode()
    sys.stdout.buffer.write(answer)


def _typeset(asked: dict[str, Any]) -> bytes:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[asked["fonts"]])
    made: Any = typst.compile(asked["template"], root=asked["root"], font_paths=fonts, ignore_system_fonts=True,
                              sys_inputs=asked["inputs"], **_format(asked))
    return bytes(made[0] if isinstance(made, list) else made)


def _format(asked: dict[str, Any]) -> dict[str, Any]:
    if asked["format"] == "png":
        return {"format": "png", "ppi": asked["dots_per_inch"]}
    return {"format": "pdf", "pdf_standards": asked["standards"], "timestamp": datetime.fromisoformat(asked["at"])}


if __name__ == "__main__":
    main()
