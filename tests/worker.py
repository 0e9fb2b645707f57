"""The real parts of Assay as processes of their own: `python -m portal worker` and its like."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

STOP_SECONDS = 30
PAUSE_SECONDS = 0.1


class Part:
    """One started command, its output in a file, and the ways it can end."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as output:
            self.process = subprocess.Popen(  # noqa: S603  (our own command)
                [sys.executable, "-m", "portal", *command],
                env=os.environ | dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        """What it has said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_until_it_says(self, text: str, seconds: float) -> None:
        """Wait for a line of its output."""
        wait_until(lambda: text in self.output or not self.runs, seconds, f"it says {text!r}")
        assert text in self.output, f"It ended without saying {text!r}:\n{self.output}"

    @property
    def runs(self) -> bool:
        """Whether it is still there."""
        return self.process.poll() is None

    def kill(self) -> None:
        """`kill -9`, without a chance to tidy up."""
        self.process.kill()
        self.process.wait()

    def stop(self, number: int) -> int:
        """Send it this signal and wait for its exit code."""
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)

    def close(self) -> None:
        """Leave nothing behind."""
        if self.runs:
            self.kill()


def wait_until(holds: Callable[[], object], seconds: float, what: str) -> None:
    """Ask again and again until it holds; a deadline that passes fails the test."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, f"Not within {seconds:g} s: {what}."
        time.sleep(PAUSE_SECONDS)


def wait_until_empty(ask: Callable[[], Collection[object]], seconds: float, what: str) -> None:
    """Ask until there is nothing left; what is left is named."""
    until = time.monotonic() + seconds
    while left := ask():
        assert time.monotonic() < until, f"Still there after {seconds:g} s: {what}: {left}"
        time.sleep(PAUSE_SECONDS)
