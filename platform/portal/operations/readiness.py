"""Checks of everything the portal needs before it can serve people."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, text

from portal.database import READ_ONLY

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    """One need: its name, and a call that says whether it is met (an exception means no)."""

    name: str
    is_met: Callable[[], bool]


def database_check(engine: Engine) -> Check:
    """Whether the database answers."""

    def answers() -> bool:
        with engine.execution_options(**READ_ONLY).connect() as connection:
            return bool(connection.scalar(text("SELECT 1")))

    return Check("database", answers)


def failing(checks: list[Check]) -> list[str]:
    """Names of the needs that are not met."""
    return [check.name for check in checks if not _passes(check)]


def _passes(check: Check) -> bool:
    try:
        return check.is_met()
    except Exception as error:  # noqa: BLE001 - whatever a need dies of, the answer is the same
        logger.warning("The check %r failed: %s", check.name, error)
        return False
