"""No box outlives its use: closed, forgotten or orphaned by a killed worker, it ends."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docker
import psutil
import pytest

from sandbox.backends import container, owner
from sandbox.backends.docker import DockerBox, DockerSandbox
from sandbox.backends.process import ProcessBox, ProcessSandbox
from sandbox.errors import BoxUnavailable
from sandbox.limits import Limits
from tests.sandbox.containers import identities, inspect, wait_until_ended, wait_until_gone

LIMITS = Limits()
WORKER = """
import sys, time
from sandbox.backends.docker import DockerSandbox
from sandbox.limits import Limits
box = DockerSandbox(lambda line: None).open("fastapi", Limits())
print(box._identity, flush=True)
time.sleep(600)
"""


def opened(sandbox: DockerSandbox) -> DockerBox:
    box = sandbox.open("fastapi", LIMITS)
    assert isinstance(box, DockerBox)
    return box


def test_a_closed_box_is_gone_from_the_daemon(
    docker_sandbox: DockerSandbox, docker_client: docker.DockerClient
) -> None:
    box = opened(docker_sandbox)
    with box:
        assert box._identity in identities(docker_client)
    assert wait_until_gone(docker_client, box._identity)


def test_a_box_is_closed_when_its_user_fails(
    docker_sandbox: DockerSandbox, docker_client: docker.DockerClient
) -> None:
    box = opened(docker_sandbox)
    with pytest.raises(ZeroDivisionError), box:
        raise ZeroDivisionError
    assert wait_until_gone(docker_client, box._identity)


def test_an_agent_without_a_host_ends_by_itself(
    docker_sandbox: DockerSandbox, docker_client: docker.DockerClient
) -> None:
    box = opened(docker_sandbox)
    box.channel.control.close()
    assert wait_until_ended(docker_client, box._identity)["Running"] is False
    box.close()


def test_the_control_folder_is_gone_once_the_box_has_greeted(
    docker_sandbox: DockerSandbox, docker_client: docker.DockerClient
) -> None:
    box = opened(docker_sandbox)
    with box:
        found = inspect(docker_client, box._identity)
        assert found is not None
        [source] = [m["Source"] for m in found["Mounts"] if m["Destination"] == "/run/assay"]
        assert not Path(source).exists()


def test_a_folder_too_deep_for_a_socket_is_named_and_nothing_begins(
    docker_sandbox: DockerSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setenv("ASSAY_BOX_DIR", str(deep))
    with pytest.raises(BoxUnavailable, match="Set ASSAY_BOX_DIR to a folder with a shorter path"):
        docker_sandbox.open("fastapi", LIMITS)
    assert list((deep / f"assay-{os.getuid()}").iterdir()) == []


def test_a_killed_workers_box_ends_and_is_swept_away(
    docker_sandbox: DockerSandbox, docker_client: docker.DockerClient
) -> None:
    with subprocess.Popen(  # noqa: S603 - our own worker
        [sys.executable, "-c", WORKER],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as worker:
        assert worker.stdout
        identity = worker.stdout.readline().strip()
        assert identity in identities(docker_client)
        docker_sandbox.remove_leftovers()
        assert inspect(docker_client, identity), "the worker is still alive, its box must stay"
        worker.kill()
    assert wait_until_ended(docker_client, identity)["Running"] is False
    docker_sandbox.remove_leftovers()
    assert wait_until_gone(docker_client, identity)


def labels(**changed: str) -> dict[str, str]:
    return container.labels() | {f"org.assay.{name}": value for name, value in changed.items()}


def another(*, host: str = "", process: str = "", boot: str = "", namespace: str = "") -> str:
    """A maker like this process but for what is given."""
    mine = owner.myself().split("/")
    given = (host, process, boot, namespace)
    return "/".join(other or own for other, own in zip(given, mine, strict=True))


GONE = f"{2**22 + 1}@17"


@pytest.mark.parametrize(
    ("made", "state", "left_over"),
    [
        (labels, "running", False),
        (labels, "created", False),
        (labels, "exited", False),
        (lambda: labels(expires=str(int(time.time()) - 1)), "running", True),
        (lambda: labels(owner=another(process=f"{os.getpid()}@17")), "running", True),
        (lambda: labels(owner=another(process=GONE)), "created", True),
        (lambda: labels(owner=another(boot="before")), "exited", True),
        (lambda: labels(owner=another(boot="before")), "created", True),
        (lambda: labels(owner=another(host="far", boot="another")), "running", False),
        (lambda: labels(owner=another(host="far", boot="another")), "exited", True),
        (lambda: labels(owner=another(namespace="1", process=GONE)), "running", False),
        (lambda: labels(owner="somebody"), "running", False),
        (lambda: labels(owner="somebody"), "dead", True),
    ],
    ids=[
        *("my running box", "my new box", "my box that has ended", "past its time"),
        *("a number come round again", "a maker that is gone"),
        *("from before the boot", "never started before the boot", "another machine's box"),
        *("another machine's that has ended", "a maker out of sight", "an unknown mark"),
        *("an unknown mark that has ended",),
    ],
)
def test_only_what_nobody_uses_is_left_over(
    made: Callable[[], dict[str, str]], state: str, left_over: bool
) -> None:
    assert container.is_leftover(made(), state) is left_over


def test_a_maker_that_is_a_zombie_is_gone() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    start = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    assert owner.is_alive(another(process=f"{pid}@{start}")) is False
    os.waitpid(pid, 0)


def test_a_process_boxs_agent_ends_without_its_host(process_sandbox: ProcessSandbox) -> None:
    box = process_sandbox.open("fastapi", LIMITS)
    assert isinstance(box, ProcessBox)
    agent = psutil.Process(box._process.pid)
    box.channel.control.close()
    box._process.wait(20)
    assert not agent.is_running() or agent.status() == psutil.STATUS_ZOMBIE
    box.close()


def test_a_process_boxs_folder_is_gone_when_it_is_closed(process_sandbox: ProcessSandbox) -> None:
    with process_sandbox.open("fastapi", LIMITS) as box:
        assert isinstance(box, ProcessBox)
        folder = box._folder.path
        assert folder.is_dir()
    assert not folder.exists()
