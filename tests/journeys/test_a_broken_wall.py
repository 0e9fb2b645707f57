"""A worker whose boxes do not prove themselves takes nothing; one whose wall breaks stops."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.queue import any_worker
from portal.settings import Settings
from sandbox.backends.docker import DockerSandbox
from tests.boxes import docker_sandbox
from tests.journeys.conftest import StartPart
from tests.redis_server import RedisServer
from tests.sandbox.engine_proxy import Call, proxied
from tests.worker import wait_until

__all__ = ["docker_sandbox"]

PATIENCE_SECONDS = 120
CREATE = "POST /containers/create"


@pytest.fixture
def embedded(environment: dict[str, str]) -> Iterator[RedisServer]:
    """The Redis of this journey."""
    server = RedisServer(Settings(home=Path(environment["ASSAY_HOME"])))
    server.start()
    yield server
    server.close()


def softened(call: Call) -> bytes:
    """What a meddling proxy makes of a box."""
    body = call.document
    body["HostConfig"]["ReadonlyRootfs"] = False
    return json.dumps(body).encode()


def test_a_worker_whose_self_test_fails_stays_up_and_takes_nothing(
    environment: dict[str, str],
    start: StartPart,
    embedded: RedisServer,
    docker_sandbox: DockerSandbox,
    tmp_path: Path,
) -> None:
    with proxied(tmp_path) as proxy:
        proxy.alter = lambda call: softened(call) if call.name == CREATE else call.body
        environment["DOCKER_HOST"] = proxy.address
        worker = start("worker")
        worker.wait_until_it_says("takes no submissions", PATIENCE_SECONDS)
        assert "HostConfig.ReadonlyRootfs is False, it must be True." in worker.output
        assert "the next try is in 60 s" in worker.output
        assert worker.runs
        assert not any_worker(embedded.client)
        assert worker.stop(signal.SIGTERM) != 0


def test_a_worker_that_meets_a_soft_box_stops(
    environment: dict[str, str],
    start: StartPart,
    embedded: RedisServer,
    docker_sandbox: DockerSandbox,
    tmp_path: Path,
) -> None:
    """The box of the self-test is sound, all that follow are not."""
    made: list[Call] = []

    def meddle(call: Call) -> bytes:
        if call.name != CREATE:
            return call.body
        made.append(call)
        return call.body if len(made) == 1 else softened(call)

    with proxied(tmp_path) as proxy:
        proxy.alter = meddle
        environment["DOCKER_HOST"] = proxy.address
        worker = start("worker")
        wait_until(lambda: not worker.runs, PATIENCE_SECONDS, "the worker ends")
    assert worker.process.returncode == 3
    assert "This worker ends." in worker.output
    assert "HostConfig.ReadonlyRootfs is False" in worker.output
    assert "POST /containers/{id}/start" in proxy.names()
    starts = [call for call in proxy.calls if call.name == "POST /containers/{id}/start"]
    assert len(starts) == 1, "no soft box was started"


def test_an_unknown_runtime_is_never_replaced(
    environment: dict[str, str],
    start: StartPart,
    embedded: RedisServer,
    docker_sandbox: DockerSandbox,
) -> None:
    environment["SANDBOX_RUNTIME"] = "no-such-runtime"
    worker = start("worker")
    worker.wait_until_it_says("which this engine does not know", PATIENCE_SECONDS)
    assert worker.runs
    assert not any_worker(embedded.client)
