"""The child process for files from outside: it answers, it is shut in, and whatever happens in it stays there."""

import os
import time

import pytest

from ikrar.core import sandbox
from ikrar.core.sandbox import Unread, Unreadable

EVAL = sandbox.register("builtins:eval")


def evaluate(expression: str) -> object:
    """What the expression is worth inside the child."""
    return sandbox.run(EVAL, f"({expression}, b'')".encode()).facts


def refusal(expression: str) -> Unread:
    with pytest.raises(Unreadable) as caught:
        evaluate(expression)
    assert isinstance(caught.value.code, Unread)
    return caught.value.code


def test_it_works():
    answer = sandbox.run(EVAL, b"({'rows': [1, 'dua', None]}, b'\\x00raw\\xff')")
    assert answer.facts == {"rows": [1, "dua", None]}
    assert answer.blob == b"\x00raw\xff"


def test_only_registered_workers_run():
    stranger = sandbox.Worker("os:getcwd", ())
    with pytest.raises(LookupError):
        sandbox.run(stranger)


def test_the_child_sees_no_environment(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://rahasia@/ikrar")
    seen = evaluate("dict(__import__('os').environ)")
    assert isinstance(seen, dict)
    assert set(seen) <= {"LANG", "LC_CTYPE"}


def test_the_child_inherits_no_open_files():
    kept = os.open("/dev/zero", os.O_RDONLY)
    os.set_inheritable(kept, True)
    try:
        assert refusal(f"__import__('os').fstat({kept}).st_size") is Unread.BROKEN
    finally:
        os.close(kept)


@pytest.mark.parametrize(("door", "attempt"), [
    ("calls", "__import__('socket').socket().fileno()"),
    ("calls", "__import__('socket').socket(__import__('socket').AF_UNIX).fileno()"),
    ("calls", "__import__('subprocess').run(['/bin/true']).returncode"),
    ("calls", "__import__('os').fork()"),
    ("calls", "__import__('os').kill(__import__('os').getppid(), 0)"),
    ("files", "open('/etc/passwd').read()"),
    ("files", "open(f'/proc/{__import__(\"os\").getppid()}/environ').read()"),
    ("files", "__import__('os').listdir('/tmp')"),
    ("files", "open('/tmp/ditulis', 'w').name"),
])
def test_the_doors_are_shut(door, attempt):
    if not sandbox.run(EVAL, b"(0, b'')").shut[door]:
        pytest.skip(f"this kernel cannot shut {door}")
    assert refusal(attempt) is Unread.BROKEN


@pytest.mark.parametrize(("what", "code"), [
    ("__import__('ctypes').string_at(0)", Unread.BROKEN),
    ("__import__('os')._exit(0)", Unread.BROKEN),
    ("1 / 0", Unread.BROKEN),
    ("(lambda f: f(f))(lambda f: f(f))", Unread.BROKEN),
    ("{1, 2}", Unread.BROKEN),
    ("__import__('os').write(3, b'\\xff\\xff\\xff\\xffnonsense') and __import__('os')._exit(0)", Unread.BROKEN),
    ("__import__('os').write(3, b'\\x00\\x00\\x00\\x02{}') and __import__('os')._exit(0)", Unread.BROKEN),
    ("[0] * 10**9", Unread.TOO_HEAVY),
    ("__import__('os').abort()", Unread.TOO_HEAVY),
    ("'x' * (80 << 20)", Unread.TOO_HEAVY),
])
def test_whatever_happens_there_becomes_a_refusal(what, code):
    assert refusal(what) is code


def test_a_child_that_hangs_is_stopped(monkeypatch):
    monkeypatch.setattr("ikrar.core.sandbox.process.SECONDS", 0.5)
    begun = time.monotonic()
    assert refusal("__import__('time').sleep(60)") is Unread.TOO_SLOW
    assert time.monotonic() - begun < 3


def test_a_child_that_does_not_listen_does_not_hold_us():
    deaf = "__import__('os')._exit(0)"
    with pytest.raises(Unreadable):
        sandbox.run(EVAL, deaf.encode(), bytes(30 << 20))


def test_an_unforeseen_error_is_logged_without_what_the_file_held(caplog):
    refusal("int('6310054808880007x')")
    assert "ValueError at" in caplog.text
    assert "631005" not in caplog.text


def test_starting_is_fast():
    evaluate("0")
    begun = time.monotonic()
    for _ in range(4):
        evaluate("0")
    assert (time.monotonic() - begun) / 4 < 0.25
