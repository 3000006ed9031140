"""The doors a child process shuts behind itself before it touches a file from outside.

What the kernel refuses is skipped and reported (macOS has none of these, old kernels lack some): the process border
and the limits always stand.
"""

import contextlib
import ctypes
import os
import platform
import resource
import struct
import sys
from pathlib import Path

MEMORY = 512 * 1024 * 1024
SECONDS = 10

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_EVERY_FILE_RIGHT, _RUN_OR_READ, _READ_FILE = 0x1FFF, 0x0D, 0x04

# Numbers of system calls by machine: the number of the machine for the filter, then what a parser never needs:
# sockets, other programs, other processes, new namespaces.
_FORBIDDEN = {
    "x86_64": (0xC000003E, (41, 42, 53, 56, 57, 58, 59, 62, 101, 165, 166, 272, 308, 310, 311, 321, 322, 424, 425, 435,
                            438)),
    "aarch64": (0xC00000B7, (198, 199, 203, 220, 221, 129, 117, 40, 39, 97, 268, 270, 271, 280, 281, 424, 425, 435,
                             438)),
}


def limit() -> None:
    """At most 512 MB of address space and 10 seconds of work; no files, no core dump."""
    for kind, amount in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0),
                         (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 64)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (amount, amount))
    with contextlib.suppress(OSError):
        os.nice(5)


def shut() -> dict[str, bool]:
    """Shut network, files and system calls as far as this kernel can; tells which of them are shut."""
    if sys.platform != "linux":
        return {"network": False, "files": False, "calls": False}
    libc = ctypes.CDLL(None, use_errno=True)
    network = _leave_network(libc)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    files = _read_only_programs(libc)
    return {"network": network, "files": files, "calls": _filter_calls(libc)}


def _leave_network(libc: ctypes.CDLL) -> bool:
    """A network of its own, with nothing in it; an ordinary user needs a user namespace for that."""
    return bool(libc.unshare(_NEW_NET) == 0 or libc.unshare(_NEW_USER | _NEW_NET) == 0)


def _readable() -> list[Path]:
    """Where Python and its libraries lie: all that a lazy import may still open."""
    programs = [Path(base, name) for base in {sys.prefix, sys.base_prefix} for name in ("lib", "lib64")]
    system = [Path("/lib"), Path("/lib64"), Path("/usr/lib"), Path("/usr/lib64"), Path("/usr/share/zoneinfo"),
              Path("/etc/ld.so.cache"), Path("/dev/null"), Path("/dev/urandom")]
    return [path for path in [*programs, *map(Path, sys.path), *system] if path.exists()]


def _read_only_programs(libc: ctypes.CDLL) -> bool:
    """Landlock: only programs and libraries can be read, nothing can be written (keys and sockets are out of reach)."""
    handled = struct.pack("=Q", _EVERY_FILE_RIGHT)
    ruleset = libc.syscall(_LANDLOCK_CREATE, handled, ctypes.c_size_t(len(handled)), 0)
    if ruleset < 0:
        return False
    for path in _readable():
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rights = _RUN_OR_READ if path.is_dir() else _READ_FILE
        libc.syscall(_LANDLOCK_ADD, ruleset, 1, struct.pack("=Qi", rights, place), 0)
        os.close(place)
    shut_now = libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0
    os.close(ruleset)
    return bool(shut_now)


def _filter_calls(libc: ctypes.CDLL) -> bool:
    """Seccomp: the forbidden calls answer EPERM. A call made in the manner of another machine is forbidden too."""
    machine = _FORBIDDEN.get(platform.machine())
    if machine is None:
        return False
    audit, numbers = machine
    denied, allowed = 0x00050001, 0x7FFF0000
    lines = [(0x20, 0, 0, 4), (0x15, 1, 0, audit), (0x06, 0, 0, denied), (0x20, 0, 0, 0),
             (0x35, 0, 1, 0x40000000), (0x06, 0, 0, denied)]
    for number in numbers:
        lines += [(0x15, 0, 1, number), (0x06, 0, 0, denied)]
    lines.append((0x06, 0, 0, allowed))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
    program = struct.pack("@HP", len(lines), ctypes.addressof(code))
    return bool(libc.prctl(_SET_SECCOMP, _FILTER_MODE, program, 0, 0) == 0)


def do_nothing() -> tuple[dict[str, bool], bytes]:
    """A worker without work, by which `ikrar check` learns which doors this kernel shuts."""
    return {}, b""
