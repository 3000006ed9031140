"""Uploads at the door: a file above the limit of its kind is counted to its end, never kept, and answered with a page.

Put before Django's own handlers (settings), so that it holds for every form. Reading to the end keeps the connection:
a browser that is cut off in the middle shows its own error instead of our sentence.
"""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from ikrar.core.sandbox import Unread, Unreadable
from ikrar.core.uploads import MEGABYTE, Kind, check_size, kind_named

LARGEST_KIND = max(kind.limit for kind in Kind)
# Beyond this nothing is read at all: no file of ours comes near it, a form with several scans included.
LARGEST_REQUEST = 96 * MEGABYTE


class RefuseOversized(FileUploadHandler):
    """Lets through what `core.uploads` would take by its size, and refuses the rest when the request has been read."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Stop at once where the whole request is far too large. Raises: Unreadable."""
        self.refused: tuple[Kind | None, int] | None = None
        if content_length > LARGEST_REQUEST:
            raise _too_large(None, content_length)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kind = kind_named(self.file_name or "")
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.size += len(raw_data)
        limit = self.kind.limit if self.kind else LARGEST_KIND
        if self.size <= limit:
            return raw_data
        self.refused = (self.kind, self.size)
        return None  # the handlers after this one get no more of it

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""

    def upload_complete(self) -> None:
        """Raises: Unreadable."""
        if self.refused:
            raise _too_large(*self.refused)


def _too_large(kind: Kind | None, size: int) -> Unreadable:
    if kind:
        try:
            check_size(kind, size)
        except Unreadable as error:
            return error
    return Unreadable(Unread.FILE_TOO_LARGE, size=-(-size // MEGABYTE), limit=LARGEST_KIND // MEGABYTE)
