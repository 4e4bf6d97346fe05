"""Work in a forked process that is killed at an exact point of the code, or has no room."""

import os
import resource
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.db import connection


def killed_at(point: str, work: Callable[[], object]) -> bool:
    """Run `work` in a process that ends with kill -9 at `point`; tell whether it came to it.

    A point is `module.function` and `call` or `return`, as in
    `sources.sealing.seal return`.
    """
    name, when = point.split(" ")

    def watch(frame: FrameType, event: str, _: Any) -> None:
        if event == when and f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}" == name:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched() -> None:
        sys.setprofile(watch)
        work()

    status = _in_child(watched)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def without_room(most_bytes: int, work: Callable[[], object]) -> bool:
    """Run `work` in a process whose files may not grow further; tell whether it came to its end."""

    def cramped() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
        work()

    return os.waitstatus_to_exitcode(_in_child(cramped)) == 0


def _in_child(work: Callable[[], object]) -> int:
    # Two processes must not speak over one connection.
    connection.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside the site's threads
        child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        work()
    except BaseException:  # noqa: BLE001 (a child must not run on into the test suite)
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
