"""A real Redis server of one's own, started as `assay up` starts it, that can be killed."""

from __future__ import annotations

import subprocess
import time

import redis

from portal.commands.children import embedded_redis
from portal.queue import make_redis
from portal.settings import Settings, make_home

START_SECONDS = 20


class RedisServer:
    """The embedded server on the socket of these settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.client = make_redis(settings)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        make_home(self.settings)
        self._process = subprocess.Popen(  # noqa: S603  (our own command)
            embedded_redis(self.settings), stdin=subprocess.DEVNULL, start_new_session=True
        )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, "The Redis server ended by itself."
            assert time.monotonic() < until, "The Redis server does not answer."
            time.sleep(0.02)

    def kill(self) -> None:
        """`kill -9`: everything it held is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Leave nothing behind."""
        self.client.close()
        self.kill()

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False
