"""Wakes a worker's consoles when somebody has started or asked something; a nudge, never a fact."""

from __future__ import annotations

import contextlib
import logging
import threading
from typing import Any

import redis

CHANNEL = "assay:consoles"
RETRY_SECONDS = 1.0
LISTEN_SECONDS = 1.0

logger = logging.getLogger(__name__)


def ring(client: redis.Redis) -> None:
    """Tell the workers to look; without Redis they look by themselves a moment later."""
    with contextlib.suppress(redis.RedisError):
        client.publish(CHANNEL, "")


class Bell:
    """One subscription for all consoles of a worker."""

    def __init__(self, client: redis.Redis) -> None:
        self._redis = client
        self._rung = threading.Condition()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="console-bell", daemon=True)
        self.count = 0
        """How often it has rung; whoever looks remembers it first, and so misses nothing."""

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, and wake everybody a last time."""
        self._stopped.set()
        self.strike()
        if self._thread.ident:
            self._thread.join()

    def strike(self) -> None:
        """Wake everybody who waits."""
        with self._rung:
            self.count += 1
            self._rung.notify_all()

    def wait(self, seen: int, seconds: float) -> None:
        """Until it rings after `seen`, or so many seconds are over."""
        with self._rung:
            self._rung.wait_for(lambda: self.count != seen, seconds)

    def _listen(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen_once()
            except (redis.RedisError, OSError) as error:
                logger.debug("No bell from Redis (%s); trying again.", error)
                self._stopped.wait(RETRY_SECONDS)

    def _listen_once(self) -> None:
        subscription: Any
        with self._redis.pubsub() as subscription:  # type: ignore[no-untyped-call]
            subscription.subscribe(CHANNEL)
            while not self._stopped.is_set():
                if subscription.get_message(timeout=LISTEN_SECONDS):
                    self.strike()
