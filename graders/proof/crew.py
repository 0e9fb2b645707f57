"""Grades the trials of a proof side by side, and collects the tests that they meet."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType

from graders.errors import BrokenPackage, ExaminerLost, SuiteNotCollected
from graders.examiner import Examiner
from graders.grade import Grader
from graders.package import Package
from graders.proof.trial import Enough, Outcome, Trial, Watch, outcome
from sandbox.box import Sandbox
from sandbox.errors import SandboxError

Tell = Callable[[str, int, int], None]
"""Hears of every grading that is over: the challenge, how many are over, how many there are."""


def tell_nobody(_slug: str, _done: int, _planned: int) -> None:
    """For callers who wait for the end."""


@dataclass(frozen=True, slots=True)
class Tests:
    """The tests of a package: titles of the hidden ones by id, and ids by the row they belong to."""

    titles: Mapping[str, str]
    hidden: Mapping[str, Sequence[str]]
    public: Mapping[str, Sequence[str]]


class Crew(AbstractContextManager["Crew"]):
    """So many gradings at once in boxes of one sandbox; leaving the context drops what waits."""

    def __init__(
        self, sandbox: Sandbox, examiner: Examiner, hands: int, tell: Tell = tell_nobody
    ) -> None:
        self.hands = hands
        self._examiner = examiner
        self._grader = Grader(sandbox, examiner)
        self._threads = ThreadPoolExecutor(hands, thread_name_prefix="prove")
        self._tell = tell
        self._lock = threading.Lock()
        self._done = self._planned = 0

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(cancel_futures=True)

    def collect(self, package: Package) -> Tests:
        """The tests of both suites. Raises `BrokenPackage` when one cannot be collected."""
        found = {}
        for suite in ("hidden", "public"):
            try:
                found[suite] = self._examiner.collect(package.folder / suite, package.digest)
            except SuiteNotCollected as error:
                raise BrokenPackage(f"{suite}/ cannot be collected: {error}") from error
        hidden = [test.id for test in found["hidden"]]
        public = [test.id for test in found["public"]]
        files = dict.fromkeys(_file(test) for test in public)
        return Tests(
            titles={test.id: test.title for test in found["hidden"]},
            hidden={r.name: _of(r.test_file, hidden) for r in package.requirements},
            public={file.removesuffix(".py"): _of(file, public) for file in files},
        )

    def plan(self, count: int) -> None:
        """Say how many gradings the next challenge will take."""
        self._done, self._planned = 0, count

    @property
    def done(self) -> int:
        """How many gradings of the current challenge are over."""
        return self._done

    def grade(self, package: Package, tests: Tests, trials: Iterable[Trial]) -> list[Outcome]:
        """Every trial's outcome, in the order of the trials.

        Raises `SandboxError` or `ExaminerLost` when a grading failed twice by our fault.
        """
        return list(self._threads.map(lambda trial: self._one(package, tests, trial), trials))

    def _one(self, package: Package, tests: Tests, trial: Trial) -> Outcome:
        try:
            shown = self._try(package, tests, trial)
        except (SandboxError, ExaminerLost):
            shown = self._try(package, tests, trial)
        with self._lock:
            self._done += 1
            self._planned = max(self._planned, self._done)
            self._tell(package.slug, self._done, self._planned)
        return shown

    def _try(self, package: Package, tests: Tests, trial: Trial) -> Outcome:
        watch = Watch(trial.stops_early)
        try:
            result = self._grader.grade(
                package,
                trial.files,
                seed=trial.seed,
                suite=trial.suite,
                shuffle=trial.shuffle,
                progress=watch,
            )
        except Enough:
            result = None
        ids = tests.hidden if trial.suite == "hidden" else tests.public
        return outcome(trial, result, watch, ids)


def _file(test: str) -> str:
    return test.partition("::")[0]


def _of(file: str, tests: Sequence[str]) -> list[str]:
    return [test for test in tests if _file(test) == file]
