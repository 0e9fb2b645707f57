"""Which sandbox to use: Docker whenever a daemon answers, plain processes only when allowed."""

import sys
from collections.abc import Callable
from typing import Literal

from sandbox.backends.docker import DockerSandbox
from sandbox.backends.process import ProcessSandbox
from sandbox.box import Sandbox
from sandbox.errors import BoxUnavailable

SandboxName = Literal["auto", "docker", "process"]


def say_aloud(line: str) -> None:
    """Tell whoever started us; standard output belongs to results."""
    print(line, file=sys.stderr, flush=True)


def choose(
    name: SandboxName,
    say: Callable[[str], None] = say_aloud,
    *,
    runtime: str | None = None,
    patched: bool = False,
) -> Sandbox:
    """The sandbox of that name; `auto` takes Docker if it answers, else plain processes.

    Whoever demands a `runtime` or a `patched` engine never gets plain processes instead. Raises
    `BoxUnavailable` when no daemon answers, `EngineRefused` when it is not what is demanded.
    """
    if name == "process":
        return ProcessSandbox()
    try:
        return DockerSandbox(say, runtime, patched=patched)
    except BoxUnavailable:
        if name == "docker" or runtime or patched:
            raise
    return ProcessSandbox()
