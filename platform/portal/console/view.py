"""A console as its owner sees it: how it stands, what came back, and what was asked before."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from graders.courier_lines import MAX_BODY_KEPT
from graders.package import Package
from portal.console import curl, queries
from portal.console.filled import OperationView, operations_of
from portal.console.limits import IDLE, KEPT_REQUESTS, WHOLE
from portal.console.phase import ending_of, phase_of
from portal.console.words import ENDINGS, PHASES, Words
from portal.models import Console, ConsoleRequest

TONES = {2: "good", 3: "busy", 4: "warn", 5: "bad"}


@dataclass(frozen=True)
class AnswerView:
    """What came back; `pretty` is there for JSON."""

    reason: str
    headers: list[tuple[str, str]]
    more_headers: int
    body: str | None
    pretty: str | None
    body_note: str | None
    milliseconds: str


@dataclass(frozen=True)
class RequestLine:
    """A line of the history."""

    number: int
    method: str
    target: str
    status: int | None
    tone: str
    is_open: bool
    asked_at: str


@dataclass(frozen=True)
class RequestView:
    """The request whose answer is shown."""

    line: RequestLine
    command: str
    answer: AnswerView | None
    problem: str | None
    note: str | None


@dataclass(frozen=True)
class ConsoleView:
    """Everything that the partial `_status.html` shows."""

    slug: str
    phase: str
    headline: str
    detail: str
    position: int | None
    ends_at: str | None
    output: str | None
    version_note: str | None
    console_id: str | None
    operations: list[OperationView]
    shown: RequestView | None
    history: list[RequestLine]
    kept: int
    answer_seconds: str
    idle_minutes: int
    whole_minutes: int
    summary: str


def view(
    session: Session, person_id: uuid.UUID, package: Package, number: int | None, now: datetime
) -> ConsoleView:
    """The console of this challenge as it stands, with one request in full: the last, if none is named."""
    row = queries.latest(session, person_id, package.slug)
    asked = queries.history(session, person_id, package.slug)
    shown = _shown(session, person_id, package.slug, number, asked)
    phase = phase_of(row, now) if row else "none"
    words = _words(row, phase, now)
    position = queries.ahead_of(session, row) + 1 if row and phase == "waiting" else None
    return ConsoleView(
        slug=package.slug,
        phase=phase,
        headline=words.headline,
        detail=words.detail,
        position=position,
        ends_at=_ends_at(row, phase),
        output=row.output if row else None,
        version_note=_version_note(row, package, phase),
        console_id=str(row.id) if row else None,
        operations=operations_of(row.reference if row else None),
        shown=shown,
        history=[_line(each) for each in asked],
        kept=KEPT_REQUESTS,
        answer_seconds=f"{package.limits.test_seconds:g}",
        idle_minutes=IDLE.seconds // 60,
        whole_minutes=WHOLE.seconds // 60,
        summary=_summary(words, shown),
    )


def _shown(
    session: Session,
    person_id: uuid.UUID,
    slug: str,
    number: int | None,
    asked: Sequence[ConsoleRequest],
) -> RequestView | None:
    if number is None and not asked:
        return None
    wanted = asked[0].number if number is None else number
    row = queries.request_of(session, person_id, slug, wanted)
    if row is None:
        return None
    headers = [(name, value) for name, value in row.headers]
    return RequestView(
        line=_line(row),
        command=curl.command(row.method, row.target, headers, row.body),
        answer=_answer(row.answer) if row.answer and row.status is not None else None,
        problem=row.problem,
        note=row.note,
    )


def _line(row: ConsoleRequest) -> RequestLine:
    tone = TONES.get((row.status or 0) // 100, "bad")
    return RequestLine(
        number=row.number,
        method=row.method,
        target=row.target,
        status=row.status,
        tone=tone,
        is_open=row.answered_at is None,
        asked_at=row.asked_at.isoformat(),
    )


def _answer(stored: dict[str, Any]) -> AnswerView:
    return AnswerView(
        reason=stored["reason"],
        headers=[(name, value) for name, value in stored["headers"]],
        more_headers=stored["more_headers"],
        body=stored["body"] or None,
        pretty=stored["pretty"],
        body_note=_body_note(stored),
        milliseconds=f"{1000 * stored['seconds']:.0f} ms",
    )


def _body_note(stored: dict[str, Any]) -> str | None:
    size = stored["size"]
    if not size:
        return "The answer has no body."
    if stored["body"] is None:
        return f"The body is not text: {size:,} bytes."
    if size > MAX_BODY_KEPT:
        return f"Cut: the first {MAX_BODY_KEPT:,} of {size:,} bytes."
    return None


def _words(row: Console | None, phase: str, now: datetime) -> Words:
    if row is None or phase != "ended":
        return PHASES[phase]
    words = ENDINGS[ending_of(row, now) or "lost"]
    return Words(words.headline, row.message) if row.message else words


def _ends_at(row: Console | None, phase: str) -> str | None:
    if row is None or phase != "ready" or row.ready_at is None or row.active_at is None:
        return None
    return min(row.ready_at + WHOLE, row.active_at + IDLE).isoformat()


def _version_note(row: Console | None, package: Package, phase: str) -> str | None:
    if row is None or phase == "ended" or row.challenge_digest == package.digest:
        return None
    return (
        f"The challenge has changed since: this runs with version {row.challenge_version}, and "
        f"{package.description.version} is out. Start again to use it."
    )


def _summary(words: Words, shown: RequestView | None) -> str:
    if shown is None:
        return f"{words.headline}."
    if shown.line.is_open:
        return f"{words.headline}. Waiting for the answer to request {shown.line.number}."
    came = f"{shown.line.status}" if shown.line.status else "no answer"
    return f"Request {shown.line.number}: {came}."
