"""The one task that Celery carries: an id, handed on to `Grading`."""

from __future__ import annotations

import uuid

from celery import Celery

from portal.queue import GRADE
from portal.submissions.grading import Grading


def register(queue: Celery, grading: Grading) -> None:
    """Let this process answer nudges."""

    @queue.task(name=GRADE, shared=False)
    def grade(submission_id: str) -> None:
        grading.grade(uuid.UUID(submission_id))
