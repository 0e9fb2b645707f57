"""Grades samples several at a time, always with a neighbour who does the work."""

from __future__ import annotations

import secrets
import tempfile
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from graders.attempt import Plan, refused
from graders.errors import RefusedSubmission
from graders.examiner import Examiner
from graders.grade import Grader
from graders.package import Package
from graders.submission import checked, read_path
from graders.verdict import Result
from sandbox.backends.docker import DockerSandbox
from tests.attacks.harness.boxes import Queue, WatchedSandbox
from tests.attacks.harness.canaries import Canaries
from tests.attacks.harness.exam import neighbours_solution
from tests.attacks.harness.neighbours import STREAMS, Neighbours, Visit
from tests.attacks.harness.sample import SAMPLES, load

AT_ONCE = 8
MADE_AT_ONCE = 2
"""Samples' boxes that come into being at a time: limits are not meant for a drowning machine."""

SEED_BITS = 53


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a sample from handing over (`begun`) to the verdict, and who was there.

    A sample that was refused before anything ran has no containers and meets nobody.
    """

    result: Result
    begun: float
    ended: float
    containers: tuple[str, ...] = ()
    neighbours: tuple[Visit, ...] = ()


class Runner:
    """One grader for everybody, as a worker has one."""

    def __init__(self, sandbox: DockerSandbox, exam: Package, canaries: Canaries) -> None:
        self.exam = exam
        self.canaries = canaries
        self.examiner = Examiner()
        self.sandbox = WatchedSandbox(sandbox)
        self.neighbours = Neighbours(self.sandbox, self._grade_neighbour)
        self._grader = Grader(self.sandbox, self.examiner)
        self._samples = ThreadPoolExecutor(AT_ONCE, "sample")
        self._streams = ThreadPoolExecutor(STREAMS, "neighbours")
        self._queue = Queue(threading.Semaphore(MADE_AT_ONCE), self.neighbours.wait_for_one)
        self._begun: list[Future[Outcome]] = []

    def warm_up(self) -> Visit:
        """The neighbour alone: brings everything into memory that stays there."""
        return self.neighbours.come()

    def begin(self, names: Iterable[str]) -> list[Future[Outcome]]:
        """Queue the samples of these names; neighbours come until the last one is over."""
        self._begun = [self._samples.submit(self._run, name) for name in names]
        for _ in range(STREAMS):
            self._streams.submit(self.neighbours.keep_coming, self._is_busy)
        return self._begun

    def outcome(self, begun: Future[Outcome]) -> Outcome:
        """What came of one of them, once those who met it have their verdicts too."""
        outcome = begun.result()
        if not outcome.containers:
            return outcome
        met = self.neighbours.between(outcome.begun, outcome.ended)
        return replace(outcome, neighbours=met)

    def finish(self) -> None:
        """Wait for what is being graded and let the threads go; the fork server stays."""
        self._samples.shutdown(cancel_futures=True)
        self._streams.shutdown()

    def close(self) -> None:
        """End the fork server too."""
        self.finish()
        self.examiner.close()

    def _is_busy(self) -> bool:
        return not all(future.done() for future in self._begun)

    def _run(self, name: str) -> Outcome:
        sample = load(SAMPLES / name)
        entry = self.exam.description.entry
        seed = secrets.randbits(SEED_BITS)
        with tempfile.TemporaryDirectory(prefix="sample-") as scratch:
            folder = sample.hand_in(Path(scratch))
            begun = time.monotonic()
            try:
                files = checked(read_path(folder, entry), entry)
            except RefusedSubmission as error:
                result = refused(Plan(self.exam, "hidden", seed, False), str(error))
                return Outcome(result, begun, time.monotonic())
        return self._grade(files, seed)

    def _grade(self, files: dict[str, str], seed: int) -> Outcome:
        with self.sandbox.standing_in(self._queue) as stay:
            result = self._grader.grade(self.exam, files, seed=seed)
        assert stay.begun is not None
        return Outcome(result, stay.begun, time.monotonic(), tuple(stay.containers))

    def _grade_neighbour(self) -> Result:
        files = neighbours_solution(self.canaries)
        return self._grader.grade(self.exam, files, seed=secrets.randbits(SEED_BITS))
