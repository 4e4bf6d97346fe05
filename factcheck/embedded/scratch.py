"""A directory that goes away at the end, even when its maker is killed."""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Reads until its maker is gone, gives the maker's servers time to end (they are on a leash), and
# removes the directory twice, because a server that ends may still write its last file.
CLEANER = 'read -r _; sleep 1; rm -rf "$0"; sleep 3; rm -rf "$0"'


@contextlib.contextmanager
def scratch_directory(prefix: str, base: str | None = None) -> Iterator[Path]:
    """Make a private directory below `base` (the system's own place for such) and remove it."""
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=base))
    cleaner = subprocess.Popen(  # noqa: S603 (our own command line)
        ["/bin/sh", "-c", CLEANER, str(made)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield made
    finally:
        cleaner.kill()
        cleaner.communicate()
        shutil.rmtree(made, ignore_errors=True)
