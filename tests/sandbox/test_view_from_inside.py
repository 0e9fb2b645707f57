"""What Mallory's app finds when it looks round in its box: nothing to use, nothing to tell."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.backends.docker import DockerSandbox
from sandbox.limits import MEGABYTE, Limits
from tests.sandbox.visitor import get

PROBE = Path(__file__).parent / "probes" / "inside.py"
LIMITS = Limits(start_seconds=20, open_files=200, file_mb=3, cpu_seconds=60)
SECRET = "postgresql://assay:canary-of-the-worker@db/assay"  # noqa: S105 - for the canary's sake


@pytest.fixture(scope="module")
def view(docker_sandbox: DockerSandbox) -> Iterator[dict[str, Any]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", SECRET)
        with docker_sandbox.open("fastapi", LIMITS) as box:
            box.channel.send_files({"main.py": PROBE.read_text()})
            box.channel.start("main:app", LIMITS, number=1)
            view = json.loads(get(box.channel, "/look"))
            assert get(box.channel, "/alive") == '"yes"', "the box outlived all of it"
    yield view


def test_the_environment_is_constant(view: dict[str, Any]) -> None:
    environment = view["environment"]
    assert environment["HOME"] == environment["TMPDIR"] == "/tmp"  # noqa: S108 - inside the box
    assert "DATABASE_URL" not in environment
    assert SECRET not in json.dumps(view)
    assert not set(environment) & {"HOSTNAME_OF_HOST", "DOCKER_HOST", "REDIS_URL", "ASSAY_HOME"}


def test_the_app_is_nobody(view: dict[str, Any]) -> None:
    assert set(view["user"]) == {10001}
    assert view["become root"] == "EPERM"


def test_the_app_has_no_capability_and_can_gain_none(view: dict[str, Any]) -> None:
    status = view["status"]
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2", "2 is a filter"
    assert {status[f"Cap{kind}"] for kind in ("Eff", "Prm", "Inh", "Bnd", "Amb")} == {"0" * 16}
    assert view["setuid files"] == []


def test_there_is_no_interface_but_loopback(view: dict[str, Any]) -> None:
    assert view["interfaces"] == ["lo"]
    assert view["routes"] == []


def test_only_the_three_small_places_can_be_written_to(view: dict[str, Any]) -> None:
    assert view["writable"] == ["/dev/shm", "/tmp", "/work"]  # noqa: S108 - inside the box


def test_no_program_runs_from_a_place_that_can_be_written_to(view: dict[str, Any]) -> None:
    assert view["run from /tmp"] == view["run from /work"] == "refused"


def test_the_agent_tells_its_child_nothing(view: dict[str, Any]) -> None:
    forbidden = view["forbidden"]
    assert forbidden["/proc/1/environ"] == forbidden["/proc/1/mem"] == "EACCES"
    assert forbidden["/proc/1/maps"] == view["descriptors of the agent"] == "EACCES"


def test_secrets_and_devices_of_a_machine_are_not_there(view: dict[str, Any]) -> None:
    for path, said in view["forbidden"].items():
        assert said != "done" or path in ("/proc/kcore", "/proc/keys"), path


def test_what_tells_about_the_host_reads_empty(view: dict[str, Any]) -> None:
    assert view["hidden"] == dict.fromkeys(view["hidden"], True)
    assert view["host name"] == "box"
    assert os.uname().nodename != "box"


def test_no_process_but_the_agent_and_the_app_is_seen(view: dict[str, Any]) -> None:
    assert view["processes"] == [1, view["mine"]]


def test_the_app_cannot_shield_itself_from_the_memory_limit(view: dict[str, Any]) -> None:
    assert view["lower the risk of being killed"] == "EACCES"


def test_the_host_keeps_its_name(view: dict[str, Any]) -> None:
    assert view["set the host's name"] == "EPERM"


def test_the_limits_of_a_process_hold(view: dict[str, Any]) -> None:
    assert view["limits"] == {"NOFILE": 200, "FSIZE": 3 * MEGABYTE, "CORE": 0, "CPU": 61}
