"""One attempt: start the app in its box, have it examined, turn the lines into a result."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from graders import fairness, feedback, report
from graders.errors import ExaminerLost
from graders.examiner import Exam, Examiner
from graders.package import Package
from graders.scoreboard import Scoreboard
from graders.verdict import RequirementResult, Result, Verdict, decide
from sandbox.box import Box
from sandbox.channel import DidNotStart
from sandbox.errors import BoxLost
from sandbox.usage import Usage

MAX_OUTPUT = 8000
SuiteName = Literal["hidden", "public"]
Rows = Callable[[], tuple[RequirementResult, ...]]
Progress = Callable[[Rows], None]
"""Called when the app is ready and after every line; who wants the rows asks for them."""


def ignore_progress(_rows: Rows) -> None:
    """For callers who only want the result."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be examined and how; the same plan gives the same inputs again."""

    package: Package
    suite: SuiteName
    seed: int
    shuffle: bool

    @property
    def folder(self) -> Path:
        """Where the suite lies."""
        return self.package.folder / self.suite


@dataclass(slots=True)
class Clock:
    """Seconds since the attempt began, by the name of the phase that was over then."""

    begun: float = field(default_factory=time.monotonic)
    marks: dict[str, float] = field(default_factory=dict)

    def mark(self, phase: str) -> None:
        """The phase is over now."""
        self.marks[phase] = round(time.monotonic() - self.begun, 4)

    def since(self, phase: str) -> float:
        """Seconds since a phase was over."""
        return time.monotonic() - self.begun - self.marks[phase]


def broken(plan: Plan, reason: str, clock: Clock) -> Result:
    """The author's fault: nothing is counted, and staff read the reason on the card."""
    clock.mark("total")
    result = _without_a_run(plan, Verdict.BROKEN_CHALLENGE, feedback.BROKEN_CHALLENGE)
    card = dict(result.fairness) | {"reason": reason}
    return replace(result, timing=dict(clock.marks), fairness=card)


def refused(plan: Plan, reason: str) -> Result:
    """The files were not acceptable: nothing of them has run."""
    return _without_a_run(plan, Verdict.REJECTED, reason)


def _without_a_run(plan: Plan, verdict: Verdict, message: str) -> Result:
    rows = tuple(
        RequirementResult(r.name, r.title, r.points, 0, "not_run", message)
        for r in plan.package.requirements
    )
    return Result(
        challenge=plan.package.slug,
        version=plan.package.description.version,
        verdict=verdict,
        score=0,
        max_score=sum(row.points for row in rows),
        requirements=rows,
        message=message,
        output="",
        timing={},
        fairness=fairness.card(plan.package, plan.seed),
    )


class Attempt:
    """Holds what one examination has shown so far."""

    def __init__(
        self, plan: Plan, box: Box, board: Scoreboard, clock: Clock, progress: Progress
    ) -> None:
        self._plan = plan
        self._limits = plan.package.limits
        self._box = box
        self._board = board
        self._clock = clock
        self._progress = progress
        self._seen = Usage()
        self._suite_broken: str | None = None

    def run(self, files: Mapping[str, str], examiner: Examiner) -> Result:
        """Everything from the first start to the verdict; the examination gets ready meanwhile."""
        box, package = self._box, self._plan.package
        try:
            box.channel.send_files({**files, **package.driver_files})
            box.channel.order_start(
                package.served_entry, self._limits, number=1, peers=package.description.peers
            )
            with self._prepared(examiner) as exam:
                box.channel.wait_until_ready()
                self._clock.mark("app_ready")
                self._seen = box.hits()
                self._examine(exam)
        except DidNotStart as error:
            return self._not_started(error)
        except BoxLost:
            return self._not_started(None)
        self._clock.mark("examined")
        if self._suite_broken is not None:
            return broken(self._plan, self._suite_broken, self._clock)
        rows, used = self._board.results(), box.usage()
        return self._result(decide(rows), rows, None, self._last_output(), used)

    def _prepared(self, examiner: Examiner) -> Exam:
        return examiner.prepare(
            self._plan.folder,
            self._plan.package.digest,
            seed=self._plan.seed,
            entry=self._plan.package.served_entry,
            peers=self._plan.package.description.peers,
            limits=self._limits,
            control=self._box.channel.control,
            running=1,
            shuffle=self._plan.shuffle,
            fresh_app=self._plan.package.description.fresh_app,
            files=self._board.files,
        )

    def _examine(self, exam: Exam) -> None:
        finished = broke = False
        lines = exam.run()
        self._progress(self._board.results)
        for line in lines:
            finished = isinstance(line, report.Finished)
            broke = broke or isinstance(line, report.SuiteBroken)
            self._take(line)
            self._progress(self._board.results)
        if self._suite_broken is None and (broke or not finished):
            self._ended_early()
        self._board.close("failed", feedback.EXAMINER_ENDED)

    def _take(self, line: report.Line) -> None:
        """What breaks once a test has met the app was broken by what the app sent."""
        if isinstance(line, report.Begun):
            self._board.begin(line.id)
        elif isinstance(line, report.Ended):
            self._board.end(self._with_limits(line))
            if line.refused:
                self._suite_broken = "A hidden test skipped itself."
        elif isinstance(line, report.SuiteBroken) and not self._board.begun:
            self._suite_broken = line.reason

    def _ended_early(self) -> None:
        """The examiner did not come to its end: out of time, or ended by an answer."""
        if not self._board.begun:
            raise ExaminerLost("The examiner ended before it met the app.")
        limit = self._limits.suite_seconds
        if self._clock.since("app_ready") >= limit:
            self._board.close("timed_out", feedback.SUITE_OUT_OF_TIME.format(limit=limit))
        self._board.close("protocol_error", feedback.EXAMINER_ENDED)

    def _with_limits(self, line: report.Ended) -> report.Ended:
        """Name the limit of the box that was hit during this check, if one was."""
        now = self._box.hits()
        used, self._seen = now.since(self._seen), now
        if line.status in ("crashed", "protocol_error") and used.out_of_memory_kills:
            message = feedback.out_of_memory(self._limits, self._box.usage())
            return line.model_copy(update={"status": "out_of_memory", "message": message})
        if line.status != "passed" and used.refused_processes:
            note = feedback.refused_processes(self._limits)
            return line.model_copy(update={"message": f"{line.message or ''} {note}".strip()})
        return line

    def _last_output(self) -> str:
        with suppress(BoxLost, TimeoutError):
            return self._box.channel.stop().output[-MAX_OUTPUT:]
        return ""

    def _not_started(self, error: DidNotStart | None) -> Result:
        self._clock.mark("examined")
        used = self._box.usage()
        message = feedback.start_failure(error, self._limits, used)
        failure = error.failure if error else None
        output = failure.output if failure else self._last_output()
        verdict = Verdict.DID_NOT_START
        if used.out_of_memory_kills:
            verdict = Verdict.OUT_OF_MEMORY
        elif failure and failure.too_much_output:
            verdict = Verdict.TOO_MUCH_OUTPUT
        self._board.close("not_run", message)
        rows = tuple(replace(row, message=message) for row in self._board.results())
        return self._result(verdict, rows, message, output[-MAX_OUTPUT:], used)

    def _result(
        self,
        verdict: Verdict,
        rows: tuple[RequirementResult, ...],
        message: str | None,
        output: str,
        used: Usage,
    ) -> Result:
        self._clock.mark("total")
        return Result(
            challenge=self._plan.package.slug,
            version=self._plan.package.description.version,
            verdict=verdict,
            score=sum(row.earned for row in rows),
            max_score=sum(row.points for row in rows),
            requirements=rows,
            message=message,
            output=output,
            timing=dict(self._clock.marks),
            fairness=fairness.card(self._plan.package, self._plan.seed, self._box, used),
            evidence=self._board.evidence(),
        )
