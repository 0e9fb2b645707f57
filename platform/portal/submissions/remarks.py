"""What a reviewer would say about code that passed, as its owner sees it; never scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graders.analyser.analyse import Analyser, AnalyserBusy, Analysis
from graders.analyser.remark import Remark
from graders.package import Package
from graders.verdict import Verdict
from portal.models import Kind, Submission
from portal.submissions.words import REMARK_WEIGHTS


@dataclass(frozen=True)
class PlaceView:
    """A line of the code, and where on the page it is."""

    words: str
    anchor: str


@dataclass(frozen=True)
class RemarkView:
    """One remark; `weight` is its type, `word` what a reader calls it."""

    name: str
    weight: str
    word: str
    title: str
    text: str
    example: str
    link: str
    link_title: str
    places: list[PlaceView]
    more_places: int


@dataclass(frozen=True)
class RemarksView:
    """Everything that the partial `_remarks.html` shows.

    `state` is `none`, `waiting` for a verdict, `later` for the browser to ask, `busy` or `read`.
    """

    id: str
    state: str
    remarks: list[RemarkView]
    unread: list[str]


def anchor(file_number: int, line: int) -> str:
    """The id of a line of code on a submission's page."""
    return f"line-{file_number}-{line}"


def expected(row: Submission) -> RemarksView:
    """What stands on the page before anybody has looked at the code."""
    state = "none"
    if row.kind is Kind.SUBMISSION and row.verdict is None:
        state = "waiting"
    elif _has_passed(row):
        state = "later"
    return RemarksView(str(row.id), state, [], [])


def view(analyser: Analyser, package: Package, row: Submission) -> RemarksView:
    """The remarks on a submission that passed; on any other there are none."""
    if not _has_passed(row):
        return RemarksView(str(row.id), "none", [], [])
    try:
        found = analyser.analyse(row.files, package.starter)
    except AnalyserBusy:
        return RemarksView(str(row.id), "busy", [], [])
    return _read(row, found)


def _has_passed(row: Submission) -> bool:
    return row.kind is Kind.SUBMISSION and row.verdict == Verdict.PASSED.value


def _read(row: Submission, found: Analysis) -> RemarksView:
    numbers = {name: number for number, name in enumerate(sorted(row.files), 1)}
    remarks = [_remark(each, numbers) for each in found.remarks]
    return RemarksView(str(row.id), "read", remarks, list(found.unread))


def _remark(remark: Remark, numbers: Mapping[str, int]) -> RemarkView:
    many = len(numbers) > 1
    return RemarkView(
        name=remark.name,
        weight=remark.weight.value,
        word=REMARK_WEIGHTS[remark.weight],
        title=remark.title,
        text=remark.text,
        example=remark.example,
        link=remark.link,
        link_title=remark.link_title,
        places=[
            PlaceView(
                words=f"{each.file}, line {each.line}" if many else f"Line {each.line}",
                anchor=anchor(numbers[each.file], each.line),
            )
            for each in remark.places
        ],
        more_places=remark.more_places,
    )
