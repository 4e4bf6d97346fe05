"""What can go wrong before anything runs, in words for the person at the keyboard."""

import errno
from pathlib import Path


class LauncherError(Exception):
    """The embedded servers or the application cannot be started; the message says why."""


def explain(error: OSError) -> LauncherError:
    """Put a file system error into words: a full disk, a closed directory, a read-only one."""
    place = error.filename or "the data directory"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return LauncherError(disk_full(place))
    if error.errno in {errno.EACCES, errno.EPERM}:
        return LauncherError(
            f"{place} belongs to another user. Run as that user, or name another directory "
            "with --data."
        )
    return LauncherError(f"{place}: {error.strerror}.")


def disk_full(place: Path | str) -> str:
    """Say that nothing more fits, and what to do."""
    return (
        f"The disk is full: nothing more can be written to {place}. Free some space, or keep "
        "the data elsewhere with --data DIR, then start again. Nothing that was saved is lost."
    )


def explain_log(log: str, *, server: str, data: Path) -> str:
    """Put a server's last words into ours; what is not known is quoted."""
    if "No space left on device" in log:
        return disk_full(data)
    last = "\n".join(log.strip().splitlines()[-12:])
    return f"{server} did not start. Its last words:\n{last}"
