"""What must hold for every sample, one complaint per line when it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graders.package import Package
from graders.report import MAX_MESSAGE
from graders.verdict import Result
from tests.attacks.harness.canaries import Canaries
from tests.attacks.harness.exam import TESTS, longest_seconds
from tests.attacks.harness.neighbours import Visit
from tests.attacks.harness.run import Outcome
from tests.attacks.harness.sample import Expectation


def complaints(
    expect: Expectation, outcome: Outcome, exam: Package, canaries: Canaries
) -> list[str]:
    """Everything that is wrong with an outcome; nothing if all is as it must be."""
    return [
        *_about_the_verdict(expect, outcome.result),
        *_about_the_time(expect.within_seconds or longest_seconds(exam), outcome),
        *_about_the_neighbours(expect, outcome.neighbours),
        *_about_the_books(outcome.result, exam),
        *(f"the result gives away: {place}" for place in canaries.found_in(outcome.result)),
    ]


def _about_the_verdict(expect: Expectation, result: Result) -> Iterator[str]:
    if result.verdict.value not in expect.verdict:
        yield f"the verdict is {result.verdict.value}, not {' or '.join(expect.verdict)}"
    if result.score != expect.score:
        yield f"the score is {result.score}, not {expect.score}"
    statuses = {row.name: row.status for row in result.requirements}
    for name, allowed in expect.requirements.items():
        if statuses[name] not in allowed:
            yield f"{name} is {statuses[name]}, not {' or '.join(allowed)}"
    told = "\n".join([result.message or "", *(row.message or "" for row in result.requirements)])
    for word in expect.message.contains if expect.message else ():
        if word not in told:
            yield f"nobody is told {word!r}, but {told!r}"
    for word in expect.message.lacks if expect.message else ():
        if word in told:
            yield f"{word!r} is told in {told!r}"


def _about_the_time(longest: float, outcome: Outcome) -> Iterator[str]:
    seconds = outcome.ended - outcome.begun
    if seconds > longest:
        yield f"the verdict took {seconds:.1f} s, more than {longest:g} s"


def _about_the_neighbours(expect: Expectation, visits: Sequence[Visit]) -> Iterator[str]:
    if not visits and "rejected" not in expect.verdict:
        yield "no right solution was graded beside it"
    for visit in visits:
        if isinstance(visit.result, Exception):
            yield f"a right solution beside it could not be graded: {visit.result!r}"
        elif visit.result.score != visit.result.max_score:
            lost = [row for row in visit.result.requirements if row.status != "passed"]
            yield f"a right solution beside it got {visit.result.score}: {lost}"


def _about_the_books(result: Result, exam: Package) -> Iterator[str]:
    rows = result.requirements
    due = [(part.name, part.title, part.points) for part in exam.requirements]
    if [(row.name, row.title, row.points) for row in rows] != due:
        yield f"the rows are not the exam's: {rows}"
    if result.score != sum(row.earned for row in rows) or result.max_score != 100:
        yield f"the points do not add up: {result.score} of {result.max_score}, {rows}"
    for row in rows:
        whole = row.status == "passed"
        if row.earned != (row.points if whole else 0):
            yield f"{row.name} is {row.status} and earned {row.earned}"
        if result.verdict.value != "rejected" and len(row.checks) != TESTS[row.name]:
            yield f"{row.name} has {len(row.checks)} checks, not {TESTS[row.name]}"
        if whole != (bool(row.checks) and all(check.status == "passed" for check in row.checks)):
            yield f"{row.name} is {row.status} with {row.checks}"
        if len(row.message or "") > MAX_MESSAGE:
            yield f"{row.name} has a message of {len(row.message or '')} characters"
    if (result.verdict.value == "passed") != all(row.status == "passed" for row in rows):
        yield f"the verdict {result.verdict.value} does not fit {rows}"
    if (result.verdict.value == "partial") != (0 < result.score < 100):
        yield f"the verdict {result.verdict.value} does not fit {result.score} points"
