"""What a page looks up once while it is read: facts that are the same for every reader and that reading cannot change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")
_known: ContextVar[dict[Any, Any] | None] = ContextVar("known", default=None)


@contextmanager
def looking_up_once() -> Iterator[None]:
    """In this block (the gate opens it around a GET, which changes nothing) each fact is fetched the first time only."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once(find: Callable[Given, Found]) -> Callable[Given, Found]:
    """Mark a query of public facts whose arguments can be compared; never one that depends on who asks."""

    @wraps(find)
    def look_up(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        known = _known.get()
        if known is None:
            return find(*args, **kwargs)
        key = (find, args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = find(*args, **kwargs)
        found: Found = known[key]
        return found

    return look_up
