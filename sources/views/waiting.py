"""What a person should know of work that waits longer than it should."""

from datetime import datetime, timedelta

from sources.beating import Processes
from sources.states import Process

# A worker takes a waiting row within a second or so; after this long something is the matter.
PATIENCE = timedelta(seconds=12)
# The sweeper finds a row within seconds, and beat within a minute.
LOST = timedelta(seconds=75)
CALM = "Nothing is lost meanwhile."


def late_words(*, since: datetime, processes: Processes) -> str:
    """Say why work that could have begun at `since` has not; empty while that is no wonder."""
    late = processes.at - since
    if late <= PATIENCE:
        return ""
    if not processes.is_up(Process.WORKER):
        return f"{_gone(processes)} {CALM} The work goes on as soon as one is started."
    finders = (Process.SWEEPER, Process.BEAT)
    if late > LOST and not any(processes.is_up(each) for each in finders):
        return f"Neither the sweeper nor beat is running, so no worker may know of this. {CALM}"
    return f"The workers are busy. This is taken up as soon as one is free. {CALM}"


def _gone(processes: Processes) -> str:
    last = processes.seen.get(Process.WORKER)
    if last is None:
        return "No worker has ever been seen here."
    return f"No worker is running: the last one was seen on {last:%-d %B at %H:%M:%S} UTC."
