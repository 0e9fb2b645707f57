"""Every SELECT about study plans, and about the results that they are worked out from."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from graders.package import FULL_SCORE
from portal.models import Kind, QuizTry, StudyPlan, Submission
from portal.practice.plan.work import Result


def plan(session: Session, person_id: uuid.UUID, *, to_change: bool = False) -> StudyPlan | None:
    """Somebody's plan; nobody else changes it until the end of the transaction."""
    return session.get(StudyPlan, person_id, with_for_update=True if to_change else None)


def plan_of_feed(session: Session, feed_hash: str) -> StudyPlan | None:
    """The plan whose calendar has the address with this fingerprint."""
    return session.scalar(select(StudyPlan).where(StudyPlan.feed_hash == feed_hash))


def results(session: Session, person_id: uuid.UUID, slugs: Collection[str]) -> dict[str, Result]:
    """What somebody has done with these challenges."""
    solved = _best_submissions(session, person_id, slugs)
    answered = _best_tries(session, person_id, slugs)
    return {
        slug: Result(**solved.get(slug, {}), **answered.get(slug, {}))
        for slug in solved.keys() | answered.keys()
    }


def _best_submissions(
    session: Session, person_id: uuid.UUID, slugs: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Of each challenge the first of the best, and when the last one was handed in."""
    ranked = _ranked(person_id, slugs)
    wanted = (
        select(
            Submission.challenge,
            Submission.score,
            Submission.submitted_at,
            Submission.result,
            ranked.c.last,
        )
        .join(ranked, ranked.c.id == Submission.id)
        .where(ranked.c.place == 1)
    )
    return {
        row.challenge: {
            "score": row.score,
            "solved_at": row.submitted_at if row.score == FULL_SCORE else None,
            "tried_at": row.last,
            "lost": _lost(row.result),
        }
        for row in session.execute(wanted)
    }


def _ranked(person_id: uuid.UUID, slugs: Collection[str]) -> Subquery:
    """All that was graded, each with its place among those of its challenge."""
    best_first = (Submission.score.desc(), Submission.submitted_at)
    return (
        select(
            Submission.id,
            func.max(Submission.submitted_at).over(partition_by=Submission.challenge).label("last"),
            func.row_number()
            .over(order_by=best_first, partition_by=Submission.challenge)
            .label("place"),
        )
        .where(
            Submission.person_id == person_id,
            Submission.kind == Kind.SUBMISSION,
            Submission.challenge.in_(slugs),
            Submission.score.is_not(None),
        )
        .subquery()
    )


def _best_tries(
    session: Session, person_id: uuid.UUID, slugs: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Of each quiz the go with the fewest mistakes, and when the last one was."""
    best_first = (QuizTry.question_count - QuizTry.right_count, QuizTry.answered_at)
    ranked = (
        select(
            QuizTry.challenge,
            QuizTry.right_count,
            QuizTry.question_count,
            QuizTry.answered_at,
            func.max(QuizTry.answered_at).over(partition_by=QuizTry.challenge).label("last"),
            func.row_number()
            .over(order_by=best_first, partition_by=QuizTry.challenge)
            .label("place"),
        )
        .where(QuizTry.person_id == person_id, QuizTry.challenge.in_(slugs))
        .subquery()
    )
    return {
        row.challenge: {
            "quiz_right": row.right_count,
            "quiz_count": row.question_count,
            "quiz_at": row.answered_at if row.right_count == row.question_count else row.last,
        }
        for row in session.execute(select(ranked).where(ranked.c.place == 1))
    }


def _lost(result: dict[str, Any] | None) -> tuple[str, ...]:
    """The requirements that did not earn all of their points."""
    parts = (result or {}).get("requirements") or []
    return tuple(part["title"] for part in parts if part["earned"] < part["points"])
