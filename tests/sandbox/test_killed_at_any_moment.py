"""Whenever a worker is killed with -9, the next start leaves nothing of it behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docker
import psutil
import pytest

from sandbox.backends import docker as backend
from sandbox.backends.docker import DockerSandbox
from sandbox.backends.leftovers import remove_abandoned
from sandbox.backends.process import FOLDER_PREFIX, ProcessSandbox
from sandbox.images import ImageFacts
from sandbox.limits import Limits
from tests.packages import write_package
from tests.sandbox.containers import inspect
from tests.sandbox.engine_proxy import Call, proxied
from tests.worker import wait_until, wait_until_empty

PROGRAM = Path(__file__).parent / "probes" / "grading.py"
PATIENCE_SECONDS = 60
SLOW = '''
def test_slow(api):
    """It answers"""
    assert api.get("/").status_code == 200, "GET / should answer"
'''
CREATE, LOOK = "POST /containers/create", "GET /containers/{id}/json"
START, REMOVE = "POST /containers/{id}/start", "DELETE /containers/{id}"


class Worker:
    """The worker in miniature, with all that it starts."""

    def __init__(self, kind: str, package: Path, **environment: str) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, str(PROGRAM), kind, str(package)],
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])} | environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.family: list[psutil.Process] = []

    def wait_until_it_says(self, word: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip() == word:
                return
        pytest.fail(f"It ended without saying {word!r}.")

    def kill(self, *, alone: bool = False) -> None:
        """SIGKILL for it, and unless it dies `alone`, for all that it has started."""
        me = psutil.Process(self.process.pid)
        self.family = [me, *me.children(recursive=True)]
        for member in self.family[:1] if alone else self.family:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.send_signal(signal.SIGKILL)

    def survivors(self) -> list[psutil.Process]:
        alive = (each for each in self.family if each.is_running())
        return [each for each in alive if each.status() != psutil.STATUS_ZOMBIE]

    def close(self) -> None:
        if self.process.poll() is None:
            self.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "slow", {"slow": SLOW}, test_seconds=20)


@pytest.fixture
def foreign(docker_client: docker.DockerClient, box_image: ImageFacts) -> Iterator[str]:
    """Somebody else's container, which is none of our business."""
    api = docker_client.api
    identity: str = api.create_container(box_image.image_id, labels={"org.example": "1"})["Id"]
    yield identity
    api.remove_container(identity, force=True)


def made_by(client: docker.DockerClient, worker: Worker) -> list[str]:
    """Boxes that carry the mark of this worker."""
    found = client.api.containers(all=True, filters={"label": "org.assay.owner"})
    mark = f"/{worker.process.pid}@"
    return [each["Id"] for each in found if mark in each["Labels"]["org.assay.owner"]]


def of_ours(client: docker.DockerClient) -> list[str]:
    """Volumes and networks with a label of ours: there is never a reason to make one."""
    listed = [*(client.api.volumes()["Volumes"] or []), *client.api.networks()]
    labels = (name for each in listed for name in each.get("Labels") or {})
    return [name for name in labels if name.startswith("org.assay.")]


def nothing_is_left_of(worker: Worker, client: docker.DockerClient, before: set[Path]) -> None:
    next_start = DockerSandbox(print)
    next_start.prepare()
    next_start.close()
    assert made_by(client, worker) == []
    assert of_ours(client) == []
    assert {path for path in folders() - before if not is_held(path)} == set()
    wait_until_empty(worker.survivors, PATIENCE_SECONDS, "processes of the worker end")


def folders() -> set[Path]:
    return set(backend._control_parent().iterdir())


def is_held(folder: Path) -> bool:
    """Whether it belongs to somebody who lives; others make boxes at the same time."""
    return not remove_abandoned(folder.parent, folder.name)


@pytest.mark.parametrize(
    ("moment", "answered"),
    [(CREATE, True), (LOOK, False), (START, False), (START, True), (REMOVE, False)],
    ids=["before create returns", "after create", "before start", "after start", "while removing"],
)
def test_killed_while_it_talks_to_the_engine(
    docker_client: docker.DockerClient,
    box_image: ImageFacts,
    foreign: str,
    package: Path,
    tmp_path: Path,
    moment: str,
    answered: bool,
) -> None:
    before = folders()
    hits: list[str] = []

    def strike(call: Call) -> None:
        if call.name == moment and not hits:
            worker.kill()
            worker.process.wait()
            hits.append(call.path)  # last: who waits for it finds the worker dead

    with proxied(tmp_path) as proxy:
        if answered:
            proxy.answered = strike
        else:
            proxy.asked = strike
        # A check that takes no time, so that the end comes soon.
        (package / "hidden" / "test_slow.py").write_text(
            'def test_slow(api):\n    """No"""\n    assert False, "no"\n'
        )
        worker = Worker("docker", package, DOCKER_HOST=proxy.address)
        try:
            wait_until(lambda: hits, PATIENCE_SECONDS, f"the worker calls {moment}")
            nothing_is_left_of(worker, docker_client, before)
        finally:
            worker.close()
    assert inspect(docker_client, foreign) is not None


@pytest.mark.parametrize("alone", [False, True], ids=["with its family", "alone"])
def test_killed_while_it_examines(
    docker_client: docker.DockerClient,
    docker_sandbox: DockerSandbox,
    foreign: str,
    package: Path,
    alone: bool,
) -> None:
    before = folders()
    worker = Worker("docker", package)
    try:
        with docker_sandbox.open("fastapi", Limits()) as mine:
            worker.wait_until_it_says("examining")
            [box] = made_by(docker_client, worker)
            assert inspect(docker_client, box)
            worker.kill(alone=alone)
            worker.process.wait()
            nothing_is_left_of(worker, docker_client, before)
            assert mine.alive(), "a box of somebody who lives stays"
    finally:
        worker.close()
    assert inspect(docker_client, foreign) is not None


def test_killed_while_it_examines_in_plain_processes(package: Path, tmp_path: Path) -> None:
    worker = Worker("process", package, TMPDIR=str(tmp_path))
    try:
        worker.wait_until_it_says("examining")
        [folder] = tmp_path.glob(f"{FOLDER_PREFIX}*")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tempfile.tempdir", str(tmp_path))
            ProcessSandbox().prepare()
            assert folder.is_dir(), "its maker lives"
            worker.kill(alone=True)
            worker.process.wait()
            ProcessSandbox().prepare()
            wait_until_empty(worker.survivors, PATIENCE_SECONDS, "agent, app and its daemon end")
        assert not folder.exists()
    finally:
        worker.close()
