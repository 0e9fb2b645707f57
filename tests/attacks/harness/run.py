"""Grades samples, each beside a neighbour who does the work, several at a time."""

from __future__ import annotations

import secrets
import tempfile
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from graders.attempt import Plan, refused
from graders.errors import RefusedSubmission
from graders.examiner import Examiner
from graders.grade import Grader
from graders.package import Package
from graders.submission import checked, read_path
from graders.verdict import Result
from sandbox.backends.docker import DockerSandbox
from tests.attacks.harness.canaries import Canaries
from tests.attacks.harness.exam import right_solution
from tests.attacks.harness.pairing import Pair, PairingSandbox
from tests.attacks.harness.sample import SAMPLES, load

AT_ONCE = 8
SEED_BITS = 53


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a sample and of its neighbour; `seconds` is from handing over to the verdict.

    A sample that was refused before anything ran has no neighbour and no containers.
    """

    result: Result
    seconds: float
    neighbour: Result | None
    containers: tuple[str, ...]


class Runner:
    """One grader for everybody, as a worker has one."""

    def __init__(self, sandbox: DockerSandbox, exam: Package, canaries: Canaries) -> None:
        self.exam = exam
        self.canaries = canaries
        self.examiner = Examiner()
        self.sandbox = PairingSandbox(sandbox)
        self._grader = Grader(self.sandbox, self.examiner)
        self._samples = ThreadPoolExecutor(AT_ONCE, "sample")
        self._neighbours = ThreadPoolExecutor(AT_ONCE, "neighbour")

    def warm_up(self) -> Result:
        """The neighbour alone: brings everything into memory that stays there."""
        return self._grade_neighbour(None)

    def begin(self, names: Iterable[str]) -> list[Future[Outcome]]:
        """Queue the samples of these names; they are graded in this order."""
        return [self._samples.submit(self._run, name) for name in names]

    def finish(self) -> None:
        """Wait for what is being graded and let the threads go; the fork server stays."""
        self._samples.shutdown(cancel_futures=True)
        self._neighbours.shutdown()

    def close(self) -> None:
        """End the fork server too."""
        self.finish()
        self.examiner.close()

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
                return Outcome(result, time.monotonic() - begun, None, ())
        return self._grade_pair(files, seed)

    def _grade_pair(self, files: dict[str, str], seed: int) -> Outcome:
        pair = Pair()
        neighbour = self._neighbours.submit(self._grade_neighbour, pair)
        try:
            with self.sandbox.as_one_of(pair):
                result = self._grader.grade(self.exam, files, seed=seed)
        except threading.BrokenBarrierError:
            neighbour.result()  # says why it did not come to the meeting
            raise
        seconds = result.timing["total"] - result.timing["box_ready"]
        return Outcome(result, seconds, neighbour.result(), tuple(pair.containers))

    def _grade_neighbour(self, pair: Pair | None) -> Result:
        files = right_solution(self.canaries)
        with self.sandbox.as_one_of(pair or Pair(parties=1)):
            return self._grader.grade(self.exam, files, seed=secrets.randbits(SEED_BITS))
