"""Verdicts and points: pure decisions from what the examiner reported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from graders.evidence import Exchange


class Verdict(StrEnum):
    """How a submission ended; `platform_error` is ours, `broken_challenge` the author's."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    DID_NOT_START = "did_not_start"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    TOO_MUCH_OUTPUT = "too_much_output"
    PROTOCOL_ERROR = "protocol_error"
    REJECTED = "rejected"
    BROKEN_CHALLENGE = "broken_challenge"
    PLATFORM_ERROR = "platform_error"


LIMIT_VERDICTS = {
    "out_of_memory": Verdict.OUT_OF_MEMORY,
    "too_much_output": Verdict.TOO_MUCH_OUTPUT,
    "timed_out": Verdict.TIMED_OUT,
    "crashed": Verdict.CRASHED,
    "protocol_error": Verdict.PROTOCOL_ERROR,
}
"""What is named when nothing was earned, the most telling first."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One test, as the candidate may see it."""

    title: str
    status: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """One requirement: all of its checks must pass for its points."""

    name: str
    title: str
    points: int
    earned: int
    status: str
    message: str | None
    checks: tuple[CheckResult, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckEvidence:
    """What one check sent and got back: of a hidden check it is for staff alone.

    It stands apart from the rows, so that whoever shows rows shows nothing of it. `check` is
    the place among the checks of the requirement, `left_out` how many exchanges came earlier.
    """

    requirement: str
    check: int
    exchanges: tuple[Exchange, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one attempt, complete enough to be shown and explained years later."""

    challenge: str
    version: int
    verdict: Verdict
    score: int
    max_score: int
    requirements: tuple[RequirementResult, ...]
    message: str | None
    output: str
    timing: Mapping[str, float]
    fairness: Mapping[str, object]
    evidence: tuple[CheckEvidence, ...] = ()


def decide(requirements: Iterable[RequirementResult]) -> Verdict:
    """The verdict over all requirements of an examined app.

    With points it is `passed` or `partial`. Without any it is the limit that was hit, if one
    was, since this says more than `failed`.
    """
    results = list(requirements)
    if all(result.status == "passed" for result in results):
        return Verdict.PASSED
    if any(result.earned for result in results):
        return Verdict.PARTIAL
    statuses = {result.status for result in results}
    return next((v for s, v in LIMIT_VERDICTS.items() if s in statuses), Verdict.FAILED)
