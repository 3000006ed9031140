"""Files from outside are opened only here: in a child process without address, secrets or network."""

from ikrar.core.sandbox.process import Answer, Worker, register, run
from ikrar.core.sandbox.refusals import Refused, Unread, Unreadable

__all__ = ["Answer", "Refused", "Unread", "Unreadable", "Worker", "register", "run"]
