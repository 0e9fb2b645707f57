"""Boxes as plain processes with soft limits: only for one person's own code on their machine."""

import contextlib
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

import psutil

from sandbox import frames
from sandbox.backends.leftovers import HeldFolder, remove_abandoned
from sandbox.box import Box, BoxFacts
from sandbox.channel import Channel
from sandbox.errors import BoxLost, BoxUnavailable
from sandbox.limits import LIFETIME_SECONDS, MEGABYTE, Limits
from sandbox.runtimes import find
from sandbox.usage import Usage

AGENT = Path(__file__).parent.parent / "box" / "agent.py"
BOOT_SECONDS = 30.0
FOLDER_PREFIX = "assay-box-"
WATCH_SECONDS = 0.05
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONUNBUFFERED": "1"}

PROCESS_WARNING = (
    "Submissions run as plain processes of this machine, not in Docker boxes. That is fine for "
    "your own code and for nobody else's."
)


class ProcessSandbox:
    """Starts the same agent as a container does, without the container."""

    name = "process"
    isolates = False

    def prepare(self) -> None:
        """Nothing to build; remove what killed workers left."""
        remove_abandoned(Path(tempfile.gettempdir()), f"{FOLDER_PREFIX}*", _end_inhabitants)

    def close(self) -> None:
        """Nothing is held between boxes."""

    def open(self, runtime: str, limits: Limits) -> Box:
        """Start one agent as a child of this process; `runtime` is this Python environment."""
        preload = find(runtime).preload
        held = HeldFolder(Path(tempfile.gettempdir()), FOLDER_PREFIX)
        folder = held.path
        here, there = socket.socketpair()
        with there:
            process = subprocess.Popen(  # noqa: S603  (our own agent)
                _command(folder, there.fileno(), preload),
                pass_fds=[there.fileno()],
                env=ENVIRONMENT | {"HOME": str(folder / "tmp"), "TMPDIR": str(folder / "tmp")},
                cwd=folder,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        try:
            hello = frames.receive(here, BOOT_SECONDS)
            if not isinstance(hello, frames.Hello):
                raise BoxLost("no introduction")
        except (BoxLost, TimeoutError) as error:
            process.kill()
            process.wait()
            held.remove()
            raise BoxUnavailable(f"The box's agent did not come up ({error}).") from error
        facts = BoxFacts(
            self.name, f"this Python environment ({runtime})", hello.python, hello.fastapi
        )
        return ProcessBox(process, held, here, facts, limits)


class ProcessBox(Box):
    """One agent and its children, watched from here for memory and number of processes."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        folder: HeldFolder,
        control: socket.socket,
        facts: BoxFacts,
        limits: Limits,
    ) -> None:
        self._process = process
        self._folder = folder
        self._limits = limits
        self._usage = Usage(memory_peak_mb=0.0, cpu_seconds=0.0, processes_peak=0)
        self._closed = threading.Event()
        self._looking = threading.Lock()
        self.facts = facts
        self.channel = Channel(control)
        self._watcher = threading.Thread(target=self._watch, name="watch-box", daemon=True)
        self._watcher.start()

    def usage(self) -> Usage:
        """As it is now: a quick app may be over before anybody has looked."""
        self._look()
        return self._usage

    def hits(self) -> Usage:
        """As of the last look."""
        return self._usage

    def close(self) -> None:
        """End the agent, which ends its children; then whatever is still there."""
        if self._closed.is_set():
            return
        self._closed.set()
        family = self._family()
        self.channel.control.close()
        self._process.kill()
        for member in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
        self._process.wait()
        self._watcher.join()
        self._folder.remove()
        self.when_closed()

    def _watch(self) -> None:
        while not self._closed.wait(WATCH_SECONDS):
            self._look()

    def _look(self) -> None:
        with self._looking:
            family = self._family()
            memory = sum(_resident(member) for member in family) / MEGABYTE
            self._usage = Usage(
                memory_peak_mb=max(self._usage.memory_peak_mb or 0.0, round(memory, 1)),
                cpu_seconds=round(_cpu(self._process.pid), 3),
                processes_peak=max(self._usage.processes_peak or 0, len(family)),
                out_of_memory_kills=self._usage.out_of_memory_kills
                + self._enforce(family, memory > self._limits.memory_mb),
                refused_processes=self._usage.refused_processes
                + self._enforce(family, len(family) > self._limits.processes),
            )

    def _enforce(self, family: list[psutil.Process], broken: bool) -> int:
        for member in family if broken else []:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
        return int(broken)

    def _family(self) -> list[psutil.Process]:
        try:
            return psutil.Process(self._process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []


def _end_inhabitants(folder: Path) -> None:
    """Kill what still runs of a box: its own processes have their home in its folder."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("TMPDIR") == str(folder / "tmp"):
                process.kill()


def _command(folder: Path, control_fd: int, preload: Sequence[str]) -> list[str]:
    return [
        *(sys.executable, "-B", "-s", str(AGENT)),
        *("--control-fd", str(control_fd)),
        *("--places", str(folder / "app"), str(folder / "tmp")),
        *("--lifetime-seconds", str(LIFETIME_SECONDS)),
        *("--preload", *preload),
    ]


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _cpu(pid: int) -> float:
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)
