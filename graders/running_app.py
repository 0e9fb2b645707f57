"""The fixture `app`: start, stop and signal the app, and look at what it has printed or written."""

import os
from collections.abc import Mapping
from contextlib import suppress

from graders.deadline import Deadline
from graders.subject import Subject
from sandbox.channel import NOTHING


class RunningApp:
    """The candidate's app as a process; `api` talks to whichever start of it is alive."""

    def __init__(self, subject: Subject, deadline: Deadline) -> None:
        self._subject = subject
        self._deadline = deadline

    def start(self, environment: Mapping[str, str] = NOTHING) -> None:
        """Start it afresh, with these variables besides the usual ones.

        Raises `AppRestartFailed`, which counts as a failed check.
        """
        self._subject.restart(environment)

    def stop(self) -> str:
        """Kill it and everything it has started; returns what it printed, cut."""
        return self._subject.stop()

    def signal(self, number: int) -> None:
        """Send it a signal, as whoever runs it would: `signal.SIGTERM` asks it to end."""
        self._subject.signal(number)

    def wait(self) -> int | None:
        """How it ended: an exit code, or the negative number of a signal.

        Nothing if it is still alive when the check's time is nearly over.
        """
        ending = self._subject.ending(self._deadline.left() / 2)
        return ending.exit_code if ending else None

    def output(self) -> str:
        """What it has printed so far, stdout and stderr together, cut in the middle."""
        return self._subject.look().output

    def file(self, name: str) -> bytes | None:
        """The first 64 kB of a file in its folder; nothing if there is no such plain file.

        The content is hostile: parse it as strictly as an answer.
        """
        return self._content(name)

    def names(self, folder: str) -> list[str] | None:
        """What lies in one of its folders, sorted, hidden files too; nothing if it is none.

        Names are hostile like contents, and cut after 64 kB of them.
        """
        content = self._content(f"{folder}/")
        if content is None:
            return None
        return sorted(os.fsdecode(name) for name in content.split(b"\0") if name)

    def _content(self, name: str) -> bytes | None:
        content = self._subject.look(name).content
        with suppress(ValueError):
            return None if content is None else bytes.fromhex(content)
        return None
