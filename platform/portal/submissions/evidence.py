"""Evidence of checks: stored for every grading, shown to a candidate of runs only."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from graders.asked import Asked, checked
from graders.errors import RefusedRequest
from graders.evidence import MAX_BODY_SHOWN, Exchange, Side
from graders.verdict import CheckEvidence
from portal.models import Evidence, Kind, State, Submission
from portal.submissions import queries

CHECKS: TypeAdapter[tuple[CheckEvidence, ...]] = TypeAdapter(tuple[CheckEvidence, ...])
Place = tuple[str, int]
"""A requirement's name, and which of its checks."""


@dataclass(frozen=True)
class SideView:
    """One side of an exchange; `note` says what of its body is not shown, and why."""

    line: str
    headers: list[tuple[str, str]]
    more_headers: int
    body: str | None
    size: int
    note: str | None


@dataclass(frozen=True)
class ExchangeView:
    """What was sent and what came; one of them is nothing where nothing belongs.

    `obstacle` says why it cannot be sent again from the console, if it cannot.
    """

    sent: SideView | None
    came: SideView | None
    obstacle: str | None


@dataclass(frozen=True)
class CheckExchanges:
    """The last exchanges of one check, and how many came before them."""

    exchanges: list[ExchangeView]
    left_out: int


def stored(submission_id: uuid.UUID, checks: tuple[CheckEvidence, ...]) -> Evidence:
    """The row that keeps what the checks saw."""
    return Evidence(submission_id=submission_id, checks=CHECKS.dump_python(checks, mode="json"))


def of_run(session: Session, row: Submission) -> Mapping[Place, CheckExchanges]:
    """What the public checks of a finished run saw; of anything else, nothing."""
    return {
        place: CheckExchanges([_exchange(each) for each in check.exchanges], check.left_out)
        for place, check in of_run_raw(session, row).items()
    }


def of_run_raw(session: Session, row: Submission) -> Mapping[Place, CheckEvidence]:
    """The same as it was stored."""
    if row.kind is not Kind.RUN or row.state is not State.DONE:
        return {}
    checks = CHECKS.validate_python(queries.evidence_of_run(session, row.id) or [])
    return {(check.requirement, check.check): check for check in checks}


def again(exchange: Exchange) -> Asked | str:
    """The request as it can be sent once more, or the reason why it cannot."""
    sent = exchange.sent
    if sent is None:
        return "There is no request in it: this came unasked."
    method, _blank, target = sent.line.partition(" ")
    headers = [f"{name}: {value}" for name, value in sent.headers]
    if _is_cut(sent.line) or sent.more_headers or any(map(_is_cut, headers)):
        return "It cannot be sent again: it was too long to be kept whole."
    if _note(sent):
        return f"It cannot be sent again: of its body only a part is kept ({_note(sent)})."
    try:
        return checked(method, target, "\n".join(headers), sent.body or "")
    except RefusedRequest as error:
        return f"It cannot be sent again from the console. {error}"


def _is_cut(text: str) -> bool:
    return text.endswith("…") or "\ufffd" in text


def _exchange(exchange: Exchange) -> ExchangeView:
    possible = again(exchange)
    obstacle = possible if isinstance(possible, str) else None
    return ExchangeView(_side(exchange.sent), _side(exchange.came), obstacle)


def _side(side: Side | None) -> SideView | None:
    if side is None:
        return None
    headers = list(side.headers)
    return SideView(side.line, headers, side.more_headers, side.body, side.size, _note(side))


def _note(side: Side) -> str | None:
    if side.body is None:
        return f"binary, {side.size} bytes" if side.size else None
    if side.size <= MAX_BODY_SHOWN:
        return None
    return f"cut: the first {MAX_BODY_SHOWN} of {side.size} bytes"
