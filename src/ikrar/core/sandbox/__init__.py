"""Files from outside are opened only here: in a child process without address, secrets or network."""

from ikrar.core.sandbox.process import Answer, Worker, register, run
from ikrar.core.sandbox.refusals import Refused, Unread, Unreadable

_NOTHING = register("ikrar.core.sandbox.guard:do_nothing")


def probe() -> dict[str, bool]:
    """Which doors the child can shut behind itself on this machine."""
    return run(_NOTHING).shut


__all__ = ["Answer", "Refused", "Unread", "Unreadable", "Worker", "probe", "register", "run"]
