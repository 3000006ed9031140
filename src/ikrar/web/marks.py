"""The few marks of the guides (heading, paragraph, list, bold, code, link) as HTML; anything else is refused.

A small part of CommonMark, so that the same file also reads well where it is kept. Everything that is not one of these
marks is text and is escaped; a line that looks like another mark raises, because a reader would see it raw.
"""

import re
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_HEADING = re.compile(r"(#{1,3}) (.+)")
_ITEM = re.compile(r"(-|\d+\.) (.+)")
_INLINE = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|`(?P<code>[^`]+)`|\[(?P<label>[^\]]+)\]\((?P<target>[^)\s]+)\)")
_OTHER_MARKS = re.compile(r"[*_`<>\[\]|!]")
_OTHER_STARTS = ("#", "+", "=", "~", " ", "- ")
_ADDRESS = re.compile(r"https?://\S+|/(?!/)[\w./?=&-]*|[a-z-]+\.md")


class UnknownMark(ValueError):
    """A guide uses a mark that this page does not draw."""


def render(text: str) -> SafeString:
    """The guide as HTML. Raises: UnknownMark, with the text that is not understood."""
    return mark_safe("".join(_block(lines) for lines in _blocks(text)))  # noqa: S308  each block is escaped


def title(text: str) -> str:
    """What stands in the first line, which every guide begins with."""
    found = _HEADING.fullmatch(text.partition("\n")[0])
    if not found or found[1] != "#":
        raise UnknownMark(text[:40])
    return found[2]


def _blocks(text: str) -> Iterator[list[str]]:
    """Groups of lines between blank lines."""
    for block in re.split(r"\n\s*\n", text.strip()):
        yield block.splitlines()


def _block(lines: list[str]) -> SafeString:
    heading = _HEADING.fullmatch(lines[0])
    if heading:
        return _heading(len(heading[1]), heading[2], lines[1:])
    if _ITEM.fullmatch(lines[0]):
        return _list(lines)
    if any(line.startswith(_OTHER_STARTS) for line in lines):
        raise UnknownMark(lines[0])
    return format_html("<p>{}</p>", inline(" ".join(lines)))


def _heading(level: int, text: str, rest: list[str]) -> SafeString:
    """A heading stands alone; the page's own h1 is drawn by its layout, so level 1 gives nothing."""
    if rest:
        raise UnknownMark(rest[0])
    return format_html("<h{0}>{1}</h{0}>", level, inline(text)) if level > 1 else mark_safe("")


def _list(lines: list[str]) -> SafeString:
    """One list; a line that goes on is indented. A numbered list keeps the number it starts with."""
    items: list[str] = []
    numbered = lines[0][0] != "-"
    for line in lines:
        item = _ITEM.fullmatch(line)
        if item and (item[1] != "-") == numbered:
            items.append(item[2])
        elif line.startswith("  "):
            items[-1] += " " + line.strip()
        else:
            raise UnknownMark(line)
    drawn = format_html_join("", "<li>{}</li>", ((inline(item),) for item in items))
    start = lines[0].partition(".")[0]
    return format_html('<ol start="{}">{}</ol>', start, drawn) if numbered else format_html("<ul>{}</ul>", drawn)


def inline(text: str) -> SafeString:
    """Bold, code and links within a line."""
    done, at = [], 0
    for found in _INLINE.finditer(text):
        done += [_plain(text[at : found.start()]), _mark(found)]
        at = found.end()
    return mark_safe("".join([*done, _plain(text[at:])]))  # noqa: S308  each part is escaped


def _mark(found: re.Match[str]) -> SafeString:
    if found["bold"]:
        return format_html("<b>{}</b>", found["bold"])
    if found["code"]:
        return format_html("<code>{}</code>", found["code"])
    target = found["target"]
    if not _ADDRESS.fullmatch(target):
        raise UnknownMark(target)
    address = f"/panduan/{target[:-3]}/" if target.endswith(".md") else target
    return format_html('<a href="{}">{}</a>', address, found["label"])


def _plain(text: str) -> SafeString:
    if _OTHER_MARKS.search(text):
        raise UnknownMark(text)
    return format_html("{}", text)
