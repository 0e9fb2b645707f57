"""Assay's engine alone: the grader with a fresh Docker box, no portal, database or queue."""

from __future__ import annotations

from bench import companion, exercise, processor
from bench.companion import Companion
from bench.daemon import Daemon
from bench.errors import BenchError
from bench.meter import Meter
from bench.sample import Sample
from graders.attempt import MAX_OUTPUT
from graders.examiner import Examiner
from graders.grade import Grader
from graders.verdict import Result, Verdict
from sandbox.choice import choose

MODULE = "bench.engine"


class Engine:
    """What a worker does between a claim and a verdict; the box is made while it waits."""

    name = "assay_cold"
    title = "Assay's engine, fresh box"

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon
        self._companion = Companion(MODULE)

    def once(self, seed: int) -> Sample:
        """Grade once, from the call to the result."""
        meter = Meter(lambda: processor.tree_seconds(self._companion.pid), self._daemon)
        marks = self._companion.ask(seed)
        return Sample(marks["total"], *meter.read(), parts=phases(marks))

    def close(self) -> None:
        """End the process and its examiner."""
        self._companion.close()


def phases(marks: dict[str, float]) -> dict[str, float]:
    """Seconds of each phase of an attempt, from the times at which they were over."""
    return {
        "box made": marks["box_ready"],
        "app started": marks["app_ready"] - marks["box_ready"],
        "examined": marks["examined"] - marks["app_ready"],
        "app stopped": marks["total"] - marks["examined"],
        "handover to verdict": marks["total"] - marks["box_ready"],
    }


def require_passed(result: Result) -> None:
    """Raises `BenchError` unless the work was done."""
    if result.verdict is not Verdict.PASSED:
        said = f"{result.message or ''} {result.output[-MAX_OUTPUT:]}"
        raise BenchError(f"The engine's verdict was {result.verdict.value}. {said}")


def _serve() -> None:
    task = exercise.load()
    sandbox = choose("docker")
    sandbox.prepare()
    examiner = Examiner()
    grader = Grader(sandbox, examiner)

    def once(seed: int) -> dict[str, float]:
        result = grader.grade(task.package, task.files, seed=seed)
        require_passed(result)
        return dict(result.timing)

    try:
        companion.answer(once)
    finally:
        examiner.close()


if __name__ == "__main__":
    _serve()
