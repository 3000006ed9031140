"""What reaches the log: where something went wrong and of what kind it was, never what stood there.

The message of an exception often carries values: a template's whole context, the row that a constraint refused, the
text that was not a number. So only the messages of a few kinds that speak of the program itself are written.
"""

import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter

# Their messages name modules, attributes, templates and connections.
SPEAKS_OF_THE_PROGRAM = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    NameError,
    NotImplementedError,
    OperationalError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)
# NIK (16 digits), telephone numbers, and whatever else is a number of a person, also where it is written in groups.
_NUMBERS = re.compile(r"(?<![\w-])\+?\d(?:[ .\-]?\d){9,}(?![\w-])")
_Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def masked(text: str) -> str:
    """The text without long numbers."""
    return _NUMBERS.sub("[nomor]", text)


def trace(error: BaseException) -> str:
    """The files, lines and kinds of an exception and of those it came from; no values."""
    return "\n".join(_links(error))


def _links(error: BaseException, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _links(before, seen | {id(error)})
        yield "… and from it:"
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    yield f"{kind}: {masked(str(error))}" if isinstance(error, SPEAKS_OF_THE_PROGRAM) else kind


class QuietFormatter(logging.Formatter):
    """Formatter of every handler of ours."""

    def format(self, record: logging.LogRecord) -> str:
        """As usual, with long numbers masked; a text that another formatter left on the record is not used."""
        record.exc_text = None
        said = super().format(record)
        record.exc_text = None
        return said

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line itself; its time stays."""
        record.message = masked(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: _Info) -> str:
        """The trace without values."""
        return trace(ei[1]) if ei[1] is not None else ""


class QuietReporter(ExceptionReporter):
    """Django's report of an error (an e-mail, a debug page): ours has no locals, no settings and no form data."""

    def get_traceback_text(self) -> SafeString:
        """The trace without values."""
        return mark_safe(trace(self.exc_value) if self.exc_value else "")  # noqa: S308 - plain text, no page

    def get_traceback_html(self) -> SafeString:
        """As the text: nobody reads such a report in a browser."""
        return self.get_traceback_text()

    def get_traceback_data(self) -> dict[str, Any]:
        """Nothing that a template of Django's own could show."""
        return {}
