"""One grading that a proof orders, and what it showed."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graders.attempt import Rows, SuiteName
from graders.scoreboard import OPEN
from graders.verdict import RequirementResult, Result

NOT_FAILED = (*OPEN, "passed", "not_run")


@dataclass(frozen=True, slots=True)
class Trial:
    """Who is graded, with which files and how; the same trial gives the same inputs again."""

    who: str
    files: Mapping[str, str]
    seed: int = 1
    suite: SuiteName = "hidden"
    shuffle: bool = False
    stops_early: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one trial showed; `verdict` is empty when it was ended at its first failed check."""

    trial: Trial
    verdict: str
    score: int
    lost: frozenset[str]
    failed: tuple[str, ...]
    has_run: bool
    message: str
    start_seconds: float | None
    check_seconds: float
    memory_mb: float | None

    @property
    def is_perfect(self) -> bool:
        """Every check has passed."""
        return self.verdict == "passed"


class Enough(Exception):
    """One check has failed, and nothing more needs to be known."""


@dataclass(slots=True)
class Watch:
    """Looks on while a trial runs: how long its slowest check took, and whether one failed."""

    stops_early: bool
    slowest: float = 0.0
    rows: Sequence[RequirementResult] = field(default_factory=tuple)
    _begun: float | None = None

    def __call__(self, rows: Rows) -> None:
        """Called after every line of the examination."""
        now = time.monotonic()
        self.rows = rows()
        statuses = {check.status for row in self.rows for check in row.checks}
        if self._begun is not None:
            self.slowest = max(self.slowest, now - self._begun)
        self._begun = now if "running" in statuses else None
        if self.stops_early and statuses.difference(NOT_FAILED):
            raise Enough


def outcome(
    trial: Trial, result: Result | None, watch: Watch, tests: Mapping[str, Sequence[str]]
) -> Outcome:
    """`tests` holds the ids of the tests of each row; without a result the watch knows the rows."""
    rows = result.requirements if result else watch.rows
    checks = [
        (test, check)
        for row in rows
        for test, check in zip(tests[row.name], row.checks, strict=False)
    ]
    timing = result.timing if result else {}
    used = result.fairness.get("used") if result else None
    return Outcome(
        trial=trial,
        verdict=result.verdict.value if result else "",
        score=result.score if result else 0,
        lost=frozenset(row.name for row in rows if row.status != "passed"),
        failed=tuple(test for test, check in checks if check.status not in NOT_FAILED),
        has_run=any(check.status not in (*OPEN, "not_run") for _, check in checks),
        message=_message(rows, result),
        start_seconds=timing["app_ready"] - timing["box_ready"] if "app_ready" in timing else None,
        check_seconds=watch.slowest,
        memory_mb=used.get("memory_peak_mb") if isinstance(used, dict) else None,
    )


def _message(rows: Sequence[RequirementResult], result: Result | None) -> str:
    """The first thing that went wrong, as its author said it."""
    reason = result.fairness.get("reason") if result else None
    told = (row.message for row in rows if row.message)
    return str(reason or (result and result.message) or next(told, ""))
