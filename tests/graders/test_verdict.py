"""The verdict follows from the rows alone."""

import pytest

from graders.verdict import RequirementResult, Verdict, decide

CASES: dict[str, tuple[list[str], Verdict]] = {
    "all passed": (["passed", "passed"], Verdict.PASSED),
    "one of two": (["passed", "failed"], Verdict.PARTIAL),
    "points and a limit": (["passed", "timed_out"], Verdict.PARTIAL),
    "nothing": (["failed", "failed"], Verdict.FAILED),
    "nothing was run": (["not_run", "not_run"], Verdict.FAILED),
    "a limit says more than a failure": (["failed", "timed_out"], Verdict.TIMED_OUT),
    "memory says the most": (
        ["crashed", "protocol_error", "timed_out", "too_much_output", "out_of_memory"],
        Verdict.OUT_OF_MEMORY,
    ),
    "output before time": (["timed_out", "too_much_output"], Verdict.TOO_MUCH_OUTPUT),
    "time before a crash": (["crashed", "timed_out"], Verdict.TIMED_OUT),
    "a crash before the protocol": (["protocol_error", "crashed"], Verdict.CRASHED),
    "the protocol": (["failed", "protocol_error"], Verdict.PROTOCOL_ERROR),
    "an unknown word is no pass": (["PASSED"], Verdict.FAILED),
    "still running is no pass": (["passed", "running"], Verdict.PARTIAL),
}


def row(status: str) -> RequirementResult:
    return RequirementResult("name", "Title", 50, 50 if status == "passed" else 0, status, None)


@pytest.mark.parametrize(("statuses", "verdict"), CASES.values(), ids=CASES)
def test_a_verdict(statuses: list[str], verdict: Verdict) -> None:
    assert decide(row(status) for status in statuses) is verdict
