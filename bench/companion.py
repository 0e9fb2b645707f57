"""A warm process beside the harness: answers each seed with the figures of one round."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping

from bench.errors import BenchError
from portal.settings import CHECKOUT

END_SECONDS = 10.0


class Companion:
    """Starts `python -m <module>`, out of Ctrl-C's reach, and talks with it line by line."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process = subprocess.Popen(  # noqa: S603  (our own module)
            [sys.executable, "-m", module],
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The process, for its books."""
        return self._process.pid

    def ask(self, seed: int) -> dict[str, float]:
        """One round. Raises `BenchError` when it did not come to its end."""
        asking, answering = self._process.stdin, self._process.stdout
        if asking is None or answering is None:
            raise BenchError(f"{self._module} has no pipes.")
        try:
            asking.write(f"{seed}\n")
            asking.flush()
        except OSError as error:
            raise BenchError(f"{self._module} is gone: {error}.") from error
        line = answering.readline()
        if not line:
            raise BenchError(f"{self._module} ended before it answered; see above for its reason.")
        figures: dict[str, float] = json.loads(line)
        return figures

    def close(self) -> None:
        """End it: no more questions."""
        try:
            self._process.communicate(timeout=END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def answer(once: Callable[[int], Mapping[str, float]]) -> None:
    """The companion's side: do a round for every seed that comes."""
    for line in sys.stdin:
        try:
            print(json.dumps(dict(once(int(line)))), flush=True)
        except BenchError as error:
            sys.exit(str(error))
