"""A file of a form that is looked at and thrown away: it stays in memory and never becomes a file of ours."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from ikrar.core.receiving import LARGEST_REQUEST
from ikrar.core.sandbox import Unread, Unreadable
from ikrar.core.uploads import MEGABYTE


class _Memory(FileUploadHandler):
    """Keeps the first bytes, up to a limit, and lets the rest pass."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """As in `core.receiving`: a request that is far too large is not read at all. Raises: Unreadable."""
        if content_length > LARGEST_REQUEST:
            size, limit = -(-content_length // MEGABYTE), self.most // MEGABYTE
            raise Unreadable(Unread.FILE_TOO_LARGE, size=size, limit=limit)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.kept.write(raw_data[: max(self.most - start, 0)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        size = len(self.kept.getbuffer())
        return InMemoryUploadedFile(self.kept, self.field_name, self.file_name, self.content_type, size, self.charset)


def read_transient(request: HttpRequest, field: str, *, limit: int) -> bytes:
    """The bytes of one file of a form, nothing if there is none; one byte more than `limit` if it is larger.

    Must come before anything else reads the form. Raises: Unreadable (the request is far too large).
    """
    request.upload_handlers = [_Memory(request, limit + 1)]
    file = request.FILES.get(field)
    return file.read() if file else b""
