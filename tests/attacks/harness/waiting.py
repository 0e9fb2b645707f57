"""Waits for what must come true within a bounded time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

PAUSE_SECONDS = 0.1
T = TypeVar("T")


def until_empty(look: Callable[[], list[T]], seconds: float) -> list[T]:
    """What is still there when nothing is, or when the time is over."""
    deadline = time.monotonic() + seconds
    while (found := look()) and time.monotonic() < deadline:
        time.sleep(PAUSE_SECONDS)
    return found
