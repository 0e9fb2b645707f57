"""Has code looked at in a process of its own, with a deadline, and takes back only what fits.

Remarks depend on nothing but the files, so they are kept for whoever asks again.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from tempfile import TemporaryFile

from pydantic import TypeAdapter, ValidationError

from graders.analyser.remark import Remark

INSPECTOR = "graders.analyser.inspector"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "RAYON_NUM_THREADS": "1"}
SECONDS = 20.0
"""A bound on waiting; what hostile code costs is bounded by the inspector's processor time."""
AT_A_TIME = 2
KEPT = 256


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a reviewer would say, and which files could not be read."""

    remarks: tuple[Remark, ...]
    unread: tuple[str, ...]


class AnalyserBusy(Exception):
    """As many as may are at work: ask again in a moment."""


class Analyser:
    """Looks at a few submissions at a time, and remembers the last ones."""

    def __init__(self) -> None:
        self._places = threading.BoundedSemaphore(AT_A_TIME)
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, Analysis] = OrderedDict()

    def analyse(self, files: Mapping[str, str], given: Mapping[str, str]) -> Analysis:
        """Remarks on `files`, leaving out lines of `given`; raises `AnalyserBusy`."""
        order = json.dumps({"files": dict(files), "given": dict(given)}, sort_keys=True).encode()
        key = sha256(order).digest()
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        if not self._places.acquire(blocking=False):
            raise AnalyserBusy
        try:
            found = inspected(order) or _unreadable(files)
        except TimeoutError:
            return _unreadable(files)  # a busy machine: another time it may be quick enough
        finally:
            self._places.release()
        with self._lock:
            self._known[key] = found
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return found


def inspected(order: bytes) -> Analysis | None:
    """What the inspector says; nothing if its limits ended it. Raises `TimeoutError`."""
    # Files and no pipes: the inspector's own limits bound what it can write.
    with TemporaryFile() as question, TemporaryFile() as answer:
        question.write(order)
        question.seek(0)
        process = subprocess.Popen(  # noqa: S603  (our own module)
            [sys.executable, "-I", "-B", "-m", INSPECTOR],
            stdin=question,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError from error
        finally:
            _end(process)
        answer.seek(0)
        return _read(answer.read()) if process.returncode == 0 else None


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Also what it has started: all of them are one group."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _read(answer: bytes) -> Analysis | None:
    try:
        return TypeAdapter(Analysis).validate_json(answer)
    except ValidationError:
        return None


def _unreadable(files: Mapping[str, str]) -> Analysis:
    return Analysis((), tuple(sorted(name for name in files if name.endswith(".py"))))
