"""What journeys share: free ports, a data folder, and parts that are gone afterwards."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox.backends.docker import connect
from sandbox.errors import BoxUnavailable
from tests.worker import Part

StartPart = Callable[..., Part]


@pytest.fixture
def free_port() -> int:
    """A port of the loopback that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory, free_port: int) -> dict[str, str]:
    """Settings of a portal of one's own; the folder's name is short for the sake of sockets."""
    return {
        "ASSAY_HOME": str(tmp_path_factory.mktemp("j")),
        "ASSAY_PORT": str(free_port),
        "ASSAY_LEASE_SECONDS": "3",
        "ASSAY_SWEEP_SECONDS": "1",
        "ASSAY_WORKER_CONCURRENCY": "2",
    }


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[StartPart]:
    """Start a part with these settings."""
    parts: list[Part] = []

    def start_part(*command: str) -> Part:
        log = tmp_path / f"{len(parts)}-{command[0]}.log"
        parts.append(Part(list(command), environment, log))
        return parts[-1]

    yield start_part
    for part in reversed(parts):
        part.close()


def boxes_of(pids: set[int]) -> list[str]:
    """The containers that these processes made and that are still there, with their state."""
    try:
        client = connect()
    except BoxUnavailable:
        return []
    try:
        found = client.api.containers(all=True, filters={"label": "org.assay.box"})
    finally:
        client.close()
    host = socket.gethostname()
    owners = tuple(f"{host}/{pid}@" for pid in pids)
    return [
        f"{each['Names'][0]} ({each['Status']})"
        for each in found
        if any(label.startswith(owners) for label in each["Labels"].values())
    ]


def ci() -> bool:
    """Whether a missing tool is a failure here."""
    return os.environ.get("CI") == "true"
