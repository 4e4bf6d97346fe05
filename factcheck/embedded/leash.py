"""Run a command that ends when its parent ends, as root under another user id if asked.

    python -I -S leash.py PARENT_PID SIGNAL IDENTITY COMMAND…

IDENTITY is ``keep``, ``map:UID`` (a user namespace in which root is called UID: files stay root's
own) or ``drop:UID`` (become UID and keep only the right to pass directories that are closed to
it). The death signal comes last, because a change of identity clears it. Standard library only;
runs as a script of its own so that no Python of ours stands between fork and exec.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CLONE_NEWUSER = 0x10000000
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1


def main() -> None:
    """Change identity, tie this process to its parent, and become the command."""
    parent, death_signal, identity, *command = sys.argv[1:]
    kind, _, uid = identity.partition(":")
    libc = ctypes.CDLL(None, use_errno=True)
    if kind == "map":
        _map_root_to(libc, int(uid))
    elif kind == "drop":
        _become(libc, int(uid))
    if sys.platform == "linux":
        libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
    if os.getppid() != int(parent):
        sys.exit(f"{command[0]}: whoever started this is gone")
    # A parent that ignores or blocks signals must not hand that on.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    try:
        os.execvp(command[0], command)  # noqa: S606 (the whole purpose)
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


def _map_root_to(libc: ctypes.CDLL, uid: int) -> None:
    mine, my_group = os.geteuid(), os.getegid()  # inside, both read as nobody until mapped
    if libc.unshare(CLONE_NEWUSER) != 0:
        sys.exit(f"unshare: {os.strerror(ctypes.get_errno())}")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {mine} 1")
    Path("/proc/self/gid_map").write_text(f"{uid} {my_group} 1")


def _become(libc: ctypes.CDLL, uid: int) -> None:
    """Give up root, but keep passing closed directories where this process may."""
    if sys.platform == "linux":
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
    if sys.platform == "linux":
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        bit = 1 << CAP_DAC_OVERRIDE
        sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)  # effective, permitted, inheritable
        if libc.capset(header, sets) == 0:
            libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


if __name__ == "__main__":
    main()
