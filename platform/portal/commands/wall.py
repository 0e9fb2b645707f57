"""No worker takes a submission before its boxes have proved themselves, or after one has failed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from portal.settings import Settings
from sandbox.box import Box, Sandbox
from sandbox.choice import choose
from sandbox.errors import SandboxError, WallBroken
from sandbox.limits import Limits
from sandbox.probe import selftest

RETRY_SECONDS = 60.0

logger = logging.getLogger(__name__)


def proven_sandbox(settings: Settings, wait: Callable[[float], None] = time.sleep) -> Sandbox:
    """A sandbox that has passed its self-test, however long it takes until there is one."""
    while True:
        try:
            return _proven(settings)
        except SandboxError as error:
            logger.error(
                "This worker takes no submissions: %s They stay queued, and the next try is in "
                "%g s. `assay doctor` shows what is wrong and what to do.",
                error,
                RETRY_SECONDS,
            )
        wait(RETRY_SECONDS)


def _proven(settings: Settings) -> Sandbox:
    sandbox = choose(
        settings.sandbox,
        runtime=settings.sandbox_runtime,
        patched=settings.require_patched_engine,
    )
    try:
        sandbox.prepare()
        selftest.prove(sandbox, runtime=settings.sandbox_runtime)
    except BaseException:
        sandbox.close()
        raise
    return sandbox


class Watched:
    """A sandbox in front of another one; it calls out when a box is not as hard as promised."""

    def __init__(self, sandbox: Sandbox, alarm: Callable[[], None]) -> None:
        self.name = sandbox.name
        self.isolates = sandbox.isolates
        self._sandbox = sandbox
        self._alarm = alarm

    def prepare(self) -> None:
        """Prepare the sandbox behind."""
        self._sandbox.prepare()

    def open(self, runtime: str, limits: Limits) -> Box:
        """A box of the sandbox behind. A broken wall raises the alarm, then the error."""
        try:
            return self._sandbox.open(runtime, limits)
        except WallBroken as error:
            logger.critical("%s", error)
            self._alarm()
            raise

    def close(self) -> None:
        """Close the sandbox behind."""
        self._sandbox.close()
