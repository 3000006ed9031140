"""The log as static files, at the addresses that C2SP tlog-tiles fixes; anybody may read it."""

from django.http import HttpResponse, HttpResponseNotFound

from ikrar.core.http import Request, public
from ikrar.ledger.signer import get_verifier_key, read_policy
from ikrar.ledger.store import LogStore, home, open_store
from ikrar_proof.errors import Refused
from ikrar_proof.tiles import parse_path

_TEXT = "text/plain; charset=utf-8"
_FOR_EVER = "public, max-age=31536000, immutable"
# `--new-log` gives the addresses without a name to another log; who still kept the old tiles would see a forked one.
_ASK_AGAIN = "no-cache"
LONGEST_NAME = 100


def _text(data: bytes, cache: str = _ASK_AGAIN) -> HttpResponse:
    return HttpResponse(data, content_type=_TEXT, headers={"Cache-Control": cache, "Access-Control-Allow-Origin": "*"})


@public("GET")
def checkpoint(request: Request) -> HttpResponse:
    """The latest signed checkpoint."""
    note = open_store().read_checkpoint()
    return HttpResponseNotFound(content_type=_TEXT) if note is None else _text(note)


@public("GET")
def tile(request: Request, path: str) -> HttpResponse:
    """A tile of hashes or an entry bundle; it never changes as long as this log is the current one."""
    return _tile(open_store(), path, _ASK_AGAIN)


def _tile(store: LogStore, path: str, cache: str) -> HttpResponse:
    try:
        data = store.fetch(parse_path(f"tile/{path}").path)
    except (Refused, FileNotFoundError):
        return HttpResponseNotFound(content_type=_TEXT)
    headers = {"Cache-Control": cache, "Access-Control-Allow-Origin": "*"}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


@public("GET")
def ended_checkpoint(request: Request, name: str) -> HttpResponse:
    """The last checkpoint of a log that has ended."""
    note = _ended(name).read_checkpoint()
    return HttpResponseNotFound(content_type=_TEXT) if note is None else _text(note, _FOR_EVER)


@public("GET")
def ended_tile(request: Request, name: str, path: str) -> HttpResponse:
    """As `tile`, of a log that has ended: what is there never changes."""
    return _tile(_ended(name), path, _FOR_EVER)


def _ended(name: str) -> LogStore:
    # No folder has a longer name; asked for one, a file system answers with an error of its own.
    return LogStore(home() / "log" / name[:LONGEST_NAME])


@public("GET")
def keys(request: Request) -> HttpResponse:
    """The verifier keys of the log, one a line; witnesses' keys follow when there are any."""
    return _text(f"{get_verifier_key(home())}\n".encode())


@public("GET")
def policy(request: Request) -> HttpResponse:
    """The trust policy, for `ikrar verify` and for other people's tools."""
    return _text(read_policy(home()))
