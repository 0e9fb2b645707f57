"""Evidence of checks: stored for every grading, shown to a candidate of runs only."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

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
    """What was sent and what came; one of them is nothing where nothing belongs."""

    sent: SideView | None
    came: SideView | None


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
    if row.kind is not Kind.RUN or row.state is not State.DONE:
        return {}
    checks = CHECKS.validate_python(queries.evidence_of_run(session, row.id) or [])
    return {
        (check.requirement, check.check): CheckExchanges(
            [_exchange(each) for each in check.exchanges], check.left_out
        )
        for check in checks
    }


def _exchange(exchange: Exchange) -> ExchangeView:
    return ExchangeView(_side(exchange.sent), _side(exchange.came))


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
