"""What an operator demands of the engine is met or refused, never replaced by something else."""

from __future__ import annotations

import gc
import warnings
from pathlib import Path
from typing import Any

import docker
import pytest

from sandbox.backends import demands
from sandbox.backends.docker import DockerBox, DockerSandbox
from sandbox.choice import choose
from sandbox.errors import BoxUnavailable, EngineRefused
from sandbox.limits import Limits
from sandbox.probe import selftest
from tests.sandbox.containers import inspect


class Engine:
    """What an engine says about itself."""

    def __init__(self, **versions: str) -> None:
        self._versions = versions

    def info(self) -> dict[str, Any]:
        return {"Runtimes": {"runc": {}, "runsc": {}}}

    def version(self) -> dict[str, Any]:
        parts = [{"Name": name, "Version": value} for name, value in self._versions.items()]
        return {"Components": parts, "KernelVersion": "7.1.0"}


def engine(**versions: str) -> Any:
    return Engine(**versions)


@pytest.mark.parametrize("name", ["auto", "docker"])
def test_a_runtime_that_the_engine_does_not_know_is_refused_with_those_it_knows(
    docker_sandbox: DockerSandbox, name: Any
) -> None:
    with pytest.raises(EngineRefused, match=r"'no-such-runtime'.*It knows: .*runc"):
        choose(name, runtime="no-such-runtime")


@pytest.mark.parametrize("name", ["runc", "io.containerd.runc.v2"])
def test_a_runtime_by_name_is_what_boxes_run_in(
    docker_sandbox: DockerSandbox, docker_client: docker.DockerClient, name: str
) -> None:
    if name not in docker_client.info()["Runtimes"]:
        pytest.skip(f"This engine has no runtime of the name {name}.")
    sandbox = choose("docker", print, runtime=name)
    try:
        with sandbox.open("fastapi", Limits()) as box:
            assert isinstance(box, DockerBox)
            found = inspect(docker_client, box._identity)
        assert found is not None
        assert found["HostConfig"]["Runtime"] == name
        selftest.prove(sandbox, runtime=name)
    finally:
        sandbox.close()


@pytest.mark.parametrize("demand", [{"runtime": "runsc"}, {"patched": True}])
def test_whoever_demands_something_never_gets_plain_processes_instead(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, demand: dict[str, Any]
) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")
    with warnings.catch_warnings():
        # The client library leaves a socket behind when nobody answers.
        warnings.simplefilter("ignore", ResourceWarning)
        assert choose("auto").name == "process"
        with pytest.raises(BoxUnavailable):
            choose("auto", **demand)
        gc.collect()


def test_an_engine_with_a_known_hole_is_refused_with_all_that_is_known() -> None:
    with pytest.raises(EngineRefused) as refused:
        demands.require_patched(engine(Engine="29.6.0", runc="1.3.2"), None)
    told = str(refused.value)
    assert "runc 1.3.2: CVE-2025-31133, fixed in 1.2.8 / 1.3.3 / 1.4.0." in told
    assert "Engine 29" not in told
    assert "REQUIRE_PATCHED_ENGINE off" in told


def test_a_patched_engine_is_not_refused() -> None:
    demands.require_patched(engine(Engine="29.6.0", runc="1.3.3", containerd="2.1.5"), None)


def test_another_runtime_answers_for_itself() -> None:
    old = engine(Engine="29.6.0", runc="1.1.5")
    demands.require_patched(old, "runsc")
    with pytest.raises(EngineRefused):
        demands.require_patched(old, "runc")


def test_a_sandbox_asks_the_engine_whether_it_is_patched(
    docker_sandbox: DockerSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demands, "in_use", lambda *_given: {"runc": "1.1.11"})
    with pytest.raises(EngineRefused, match="CVE-2024-21626"):
        choose("auto", patched=True)
