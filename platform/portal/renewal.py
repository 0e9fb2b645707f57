"""Keeps a lease alive from a thread of its own, as long as the work under it goes on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

RENEWALS_PER_LEASE = 3

logger = logging.getLogger(__name__)


@contextmanager
def renewing(
    sessions: sessionmaker[Session], renew: Callable[[Session], object], seconds: float
) -> Iterator[None]:
    """Call `renew` several times in each lease of so many `seconds`, until the block is over."""
    over = threading.Event()

    def keep() -> None:
        while not over.wait(seconds / RENEWALS_PER_LEASE):
            try:
                with sessions.begin() as session:
                    renew(session)
            except SQLAlchemyError:
                logger.warning("The lease could not be renewed.", exc_info=True)

    thread = threading.Thread(target=keep, name="renew-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
