"""One attempt from files to result: box, start, examination, verdict."""

from collections.abc import Mapping, Sequence

from graders import feedback, report
from graders.attempt import (
    Attempt,
    Clock,
    Plan,
    Progress,
    SuiteName,
    broken,
    ignore_progress,
    refused,
)
from graders.errors import BrokenPackage, SuiteNotCollected
from graders.examiner import Examiner
from graders.package import Package
from graders.scoreboard import Scoreboard
from graders.verdict import Result
from sandbox.box import Sandbox


class Grader:
    """Grades submissions in boxes of one sandbox; safe to use from several threads."""

    def __init__(self, sandbox: Sandbox, examiner: Examiner) -> None:
        self._sandbox = sandbox
        self._examiner = examiner
        self._collected: dict[tuple[str, SuiteName], list[report.Test]] = {}

    @property
    def isolates(self) -> bool:
        """Whether the sandbox is a wall, fit for code of strangers."""
        return self._sandbox.isolates

    def grade(
        self,
        package: Package,
        files: Mapping[str, str],
        *,
        seed: int,
        suite: SuiteName = "hidden",
        shuffle: bool = False,
        progress: Progress = ignore_progress,
    ) -> Result:
        """Examine checked `files` and return the verdict.

        Raises `SandboxError` or `ExaminerLost` when the failure is ours; everything that the
        submission does is a verdict.
        """
        plan = Plan(package, suite, seed, shuffle)
        if taken := package.taken_names(files):
            return refused(plan, feedback.taken_names(taken))
        clock = Clock()
        try:
            board = self._board(package, suite)
        except BrokenPackage as error:
            return broken(plan, str(error), clock)
        with self._sandbox.open(package.description.runtime, package.limits) as box:
            clock.mark("box_ready")
            return Attempt(plan, box, board, clock, progress).run(files, self._examiner)

    def _board(self, package: Package, suite: SuiteName) -> Scoreboard:
        key = (package.digest, suite)
        if key not in self._collected:
            try:
                self._collected[key] = self._examiner.collect(
                    package.folder / suite, package.digest
                )
            except SuiteNotCollected as error:
                raise BrokenPackage(f"{package.slug}/{suite}: {error}") from error
        tests = self._collected[key]
        return Scoreboard(_rows(package, suite, tests), tests)


def _rows(
    package: Package, suite: SuiteName, tests: Sequence[report.Test]
) -> dict[str, tuple[str, str, int]]:
    """Rows by test file: requirements with points, or the files of the public examples."""
    if suite == "hidden":
        return {r.test_file: (r.name, r.title, r.points) for r in package.requirements}
    files = dict.fromkeys(test.id.partition("::")[0] for test in tests)
    return {file: (file.removesuffix(".py"), _spoken(file), 0) for file in files}


def _spoken(file: str) -> str:
    """`test_first_steps.py` as a title: First steps."""
    return file.removeprefix("test_").removesuffix(".py").replace("_", " ").capitalize()
