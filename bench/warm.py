"""Assay's engine alone, with a pool in front: a box waits, and another one is made afterwards."""

from __future__ import annotations

import threading
import time

from bench import companion, exercise, processor
from bench.companion import Companion
from bench.daemon import Daemon
from bench.engine import phases, require_passed
from bench.errors import BenchError
from bench.meter import Meter
from bench.sample import Sample
from graders.examiner import Examiner
from graders.grade import Grader
from sandbox.box import Box, Sandbox
from sandbox.choice import choose
from sandbox.limits import Limits
from sandbox.pool import Pool

MODULE = "bench.warm"
BOX_SECONDS = 60.0
SHELVING_SECONDS = 0.05


class Warm:
    """What a worker with waiting boxes does between a claim and a verdict."""

    name = "assay_warm"
    title = "Assay's engine, waiting box"

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon
        self._companion = Companion(MODULE)

    def once(self, seed: int) -> Sample:
        """Grade once, from the call to the result; the next box's making is part of the cycle."""
        meter = Meter(lambda: processor.tree_seconds(self._companion.pid), self._daemon)
        marks = self._companion.ask(seed)
        return Sample(marks["total"], *meter.read(), parts=phases(marks))

    def close(self) -> None:
        """End the process, its examiner and the box that waits."""
        self._companion.close()


class Stock:
    """The sandbox behind the pool: knows when a box was made, and for whom."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.name = sandbox.name
        self.isolates = sandbox.isolates
        self._sandbox = sandbox
        self._made = threading.Semaphore(0)

    def prepare(self) -> None:
        """Build what is missing."""
        self._sandbox.prepare()

    def open(self, runtime: str, limits: Limits) -> Box:
        """A box for the pool; that a grading asks for one means that none has waited."""
        if threading.current_thread() is threading.main_thread():
            raise BenchError("No box was waiting when one was needed.")
        box = self._sandbox.open(runtime, limits)
        self._made.release()
        return box

    def wait(self) -> None:
        """Until the pool has one more."""
        if not self._made.acquire(timeout=BOX_SECONDS):
            raise BenchError(f"The pool has made no box within {BOX_SECONDS:g} s.")
        # It was made; the pool takes a moment to put it on the shelf.
        time.sleep(SHELVING_SECONDS)

    def close(self) -> None:
        """Let go of the daemon."""
        self._sandbox.close()


def _serve() -> None:
    task = exercise.load()
    stock = Stock(choose("docker"))
    pool = Pool(stock, 1)
    examiner = Examiner()
    grader = Grader(pool, examiner)
    pool.prepare()
    try:
        pool.want(task.package.description.runtime, task.package.limits)
        stock.wait()

        def once(seed: int) -> dict[str, float]:
            result = grader.grade(task.package, task.files, seed=seed)
            require_passed(result)
            stock.wait()
            return dict(result.timing)

        companion.answer(once)
    finally:
        examiner.close()
        pool.close()


if __name__ == "__main__":
    _serve()
