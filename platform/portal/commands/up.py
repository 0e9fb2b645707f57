"""`assay up`: portal, worker and an embedded Redis in one supervised command."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
import urllib.request
from types import FrameType
from typing import Annotated

import typer

from portal.accounts.local import first_person_link, forget_links
from portal.commands.children import Child, embedded_redis
from portal.database import make_engine, migrate, session_factory
from portal.settings import Settings, SettingsError, load_settings
from sandbox.backends.process import PROCESS_WARNING
from sandbox.choice import choose
from sandbox.errors import BoxUnavailable, EngineRefused

WATCH_SECONDS = 0.5
READY_SECONDS = 0.5
PORTAL_SECONDS = 60.0


def up(
    port: Annotated[int | None, typer.Option(help="The portal's port, 8000 if not given.")] = None,
) -> None:
    """Start everything on embedded defaults, print a link that signs you in, and grade."""
    settings = load_settings()
    if port is not None:
        settings = settings.model_copy(update={"port": port})
    _refuse_taken_port(settings)
    sandbox = _sandbox_name(settings)
    migrate(settings)
    environment = os.environ | {"ASSAY_PORT": str(settings.port), "ASSAY_SANDBOX": sandbox}
    children = [] if settings.redis_url else [Child("redis", embedded_redis(settings), environment)]
    children += [
        Child("portal", _own_command("portal"), environment),
        Child("worker", _own_command("worker"), environment),
    ]
    sys.exit(Supervisor(settings, children).run())


class Supervisor:
    """Starts the children, restarts those that die, and stops them all on Ctrl-C."""

    def __init__(self, settings: Settings, children: list[Child]) -> None:
        self._settings = settings
        self._children = children
        self._stopping = False

    def run(self) -> int:
        """Run until told to stop; returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        engine = make_engine(self._settings)
        sessions = session_factory(engine)
        try:
            for child in self._children:
                child.start()
            if self._answers("/healthz", PORTAL_SECONDS):
                link = first_person_link(sessions, self._base_url())
                _say(f"\n  Assay is running. Open this link; it signs you in:\n\n    {link}\n")
                _say("  Ctrl-C stops everything.\n")
            self._watch()
        finally:
            for child in reversed(self._children):
                child.stop()
            forget_links(sessions)
            engine.dispose()
        _say("Stopped.")
        return 0

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _watch(self) -> None:
        ready = False
        while not self._stopping:
            for child in self._children:
                child.restart_if_dead(_say)
            if not ready and self._answers("/readyz", 0):
                ready = True
                _say("  The worker is ready to grade.")
            time.sleep(WATCH_SECONDS)

    def _answers(self, path: str, seconds: float) -> bool:
        """Whether the portal answers with success, asked until it does or time is up."""
        until = time.monotonic() + seconds
        while not self._stopping:
            try:
                urllib.request.urlopen(self._base_url() + path, timeout=2).close()  # noqa: S310
                return True
            except OSError:
                if time.monotonic() >= until:
                    return False
                time.sleep(READY_SECONDS)
                for child in self._children:
                    child.restart_if_dead(_say)
        return False

    def _base_url(self) -> str:
        host = self._settings.host if self._settings.is_loopback_only else "127.0.0.1"
        return f"http://{f'[{host}]' if ':' in host else host}:{self._settings.port}"


def _sandbox_name(settings: Settings) -> str:
    """Decided once for all children, so that page, log and worker say the same."""
    try:
        sandbox = choose(
            settings.sandbox,
            runtime=settings.sandbox_runtime,
            patched=settings.require_patched_engine,
        )
    except (BoxUnavailable, EngineRefused) as error:
        raise SettingsError(str(error)) from error
    if sandbox.isolates:
        return sandbox.name
    if not settings.is_loopback_only:
        raise SettingsError(
            f"ASSAY_HOST is {settings.host}, so others can reach this portal, and no Docker engine "
            "answers. Without one, submissions run as plain processes of this machine: start "
            "Docker, or serve 127.0.0.1 only."
        )
    _say(f"  Note: {PROCESS_WARNING}")
    return sandbox.name


def _refuse_taken_port(settings: Settings) -> None:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise SettingsError(
                f"Port {settings.port} on {settings.host} cannot be used ({error.strerror}). "
                "Choose another one with --port."
            ) from error


def _own_command(name: str) -> list[str]:
    return [sys.executable, "-m", "portal", name]


def _say(line: str) -> None:
    print(line, flush=True)
