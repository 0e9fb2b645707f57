"""What an app finds when it looks round in its box: nothing to use, nothing to tell."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.backends import container, golden
from sandbox.backends.docker import DockerSandbox
from sandbox.backends.process import ProcessSandbox
from sandbox.errors import WallBroken
from sandbox.limits import MEGABYTE, Limits
from sandbox.probe import judge, selftest
from sandbox.probe.view import View
from tests.repository.sources import imports_of

LIMITS = Limits(start_seconds=30, open_files=200, file_mb=3, cpu_seconds=60)
SECRET = "postgresql://assay:canary-of-the-worker@db/assay"  # noqa: S105 - for the canary's sake
KERNEL = f"{os.uname().release} {os.uname().version}"


@pytest.fixture(scope="module")
def view(docker_sandbox: DockerSandbox) -> Iterator[View]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", SECRET)
        yield selftest.look(docker_sandbox, limits=LIMITS)


def test_the_wall_stands(view: View) -> None:
    assert judge.gaps(view, LIMITS, None) == []


def test_the_workers_environment_stays_outside(view: View) -> None:
    assert SECRET not in view.model_dump_json()
    assert view.environment["HOME"] == view.environment["TMPDIR"] == "/tmp"  # noqa: S108
    assert view.host_name == "box"


def test_the_app_is_nobody_and_cannot_become_anybody(view: View) -> None:
    assert view.users == [10001]
    assert {view.status[f"Cap{kind}"] for kind in ("Eff", "Prm", "Inh", "Bnd")} == {"0" * 16}
    assert view.acts["become root"] == errno.EPERM


def test_the_limits_of_a_process_hold(view: View) -> None:
    assert view.limits == {
        "NOFILE": [200, 200],
        "FSIZE": [3 * MEGABYTE] * 2,
        "CORE": [0, 0],
        "CPU": [60, 61],
    }


def with_entry(field: str, key: str, value: object) -> Callable[[View], dict[str, object]]:
    """The field of a view with one entry more, or another one."""
    return lambda view: {field: getattr(view, field) | {key: value}}


def with_more(field: str, value: object) -> Callable[[View], dict[str, object]]:
    """The field of a view with one more in its list."""
    return lambda view: {field: [*getattr(view, field), value]}


def without_noexec(view: View) -> dict[str, object]:
    return {
        "mounts": [[place, kind, opts.replace("noexec", "")] for place, kind, opts in view.mounts]
    }


def shared_network(view: View) -> dict[str, object]:
    return {"namespaces": view.namespaces | {"net": str(Path("/proc/self/ns/net").readlink())}}


WEAKER: dict[str, Callable[[View], dict[str, object]]] = {
    "NoNewPrivs is 0": with_entry("status", "NoNewPrivs", "0"),
    "Seccomp is 0": with_entry("status", "Seccomp", "0"),
    "CapBnd": with_entry("status", "CapBnd", "00000000a80425fb"),
    "runs as [0, 10001]": lambda view: {"users": [0, 10001]},
    "environment has DATABASE_URL": with_entry("environment", "DATABASE_URL", SECRET),
    "host name": lambda view: {"host_name": "exam-1"},
    "our net namespace": shared_network,
    "interface eth0": with_more("interfaces", "eth0"),
    "route by eth0": with_more("routes", "eth0"),
    "process of others": with_more("others", 17),
    "inherits /sys/fs/cgroup": with_more("descriptors", "/sys/fs/cgroup"),
    "inherits 13 descriptors": lambda view: {"descriptors": ["pipe"] * 13},
    "Writable are": with_more("writable", "/usr/local"),
    "mounted without noexec": without_noexec,
    "mounted at /run/secrets": with_more("mounts", ["/run/secrets", "tmpfs", "ro"]),
    "root of the box is not read-only": with_more("mounts", ["/", "overlay", "rw,relatime"]),
    "starts in /": lambda view: {"folder": "/"},
    "rights: /usr/bin/su": with_more("privileged", "/usr/bin/su"),
    "device block 8:0": with_more("devices", "block 8:0"),
    "can read /proc/1/mem": with_more("readable", "/proc/1/mem"),
    "told by /proc/cmdline": with_more("telling", "/proc/cmdline"),
    "started from /tmp": with_entry("run_from", "/tmp", 0),  # noqa: S108
    "limit NOFILE": with_entry("limits", "NOFILE", [1024, 1024]),
    "call ptrace is not refused (allowed)": with_entry("calls", "ptrace", 0),
    "call bpf is not refused (EINVAL)": with_entry("calls", "bpf", errno.EINVAL),
    "'clone a user namespace' is wrong": with_entry("doors", "clone a user namespace", 0),
    "'own limits' is wrong: EPERM": with_entry("doors", "own limits", errno.EPERM),
    "family 38 is wrong: allowed": with_entry("families", "38", 0),
    "family 1 is wrong": with_entry("families", "1", errno.EPERM),
    "call as 32 bit is not deadly": with_entry("foreign", "call_as_32_bit", 0),
    "can become root": with_entry("acts", "become root", 0),
    "did not try everything": lambda view: {"calls": {}},
}


@pytest.mark.parametrize("named", WEAKER)
def test_one_weaker_spot_is_a_gap_with_a_name(view: View, named: str) -> None:
    weaker = view.model_copy(update=WEAKER[named](view))
    said = judge.gaps(weaker, LIMITS, None)
    assert [gap for gap in said if named in gap], said


def test_a_runtime_with_a_kernel_of_its_own_does_not_show_ours(view: View) -> None:
    assert view.kernel == KERNEL
    [gap] = judge.gaps(view, LIMITS, "runsc")
    assert "host's own kernel" in gap
    assert judge.gaps(view.model_copy(update={"kernel": "4.4.0 #1 SMP"}), LIMITS, "runsc") == []
    assert judge.gaps(view, LIMITS, "crun") == []


REALLY_SOFTER: dict[str, dict[str, Any]] = {
    "Seccomp is 0": {"SecurityOpt": ["no-new-privileges:true", "seccomp=unconfined"]},
    "NoNewPrivs is 0": {"SecurityOpt": ["no-new-privileges:false"]},
    "CapBnd is": {"CapDrop": []},
    "our net namespace": {"NetworkMode": "host"},
    "our pid namespace": {"PidMode": "host"},
    "our ipc namespace": {"IpcMode": "host"},
    "root of the box is not read-only": {"ReadonlyRootfs": False},
    "told by /proc/": {"MaskedPaths": []},
    "runs as [0": {"GroupAdd": ["0"]},
    "There is a network interface eth0": {"NetworkMode": "bridge"},
    "device character 10:": {
        "Devices": [
            {"PathOnHost": "/dev/fuse", "PathInContainer": "/dev/fuse", "CgroupPermissions": "r"}
        ]
    },
}


@pytest.mark.parametrize("named", REALLY_SOFTER)
def test_the_self_test_fails_in_a_box_that_is_softer(
    docker_sandbox: DockerSandbox, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    """The look from outside is switched off: the one from inside must find it alone."""
    made = container.configuration
    host = REALLY_SOFTER[named]

    def softer(*given: Any) -> dict[str, Any]:
        body = made(*given)
        networked = {"NetworkDisabled": "NetworkMode" not in host}
        return body | networked | {"HostConfig": body["HostConfig"] | host}

    monkeypatch.setattr(container, "configuration", softer)
    monkeypatch.setattr(golden, "gaps", lambda *_given: [])
    with pytest.raises(WallBroken) as broken:
        selftest.prove(docker_sandbox)
    assert [gap for gap in broken.value.gaps if named in gap], broken.value.gaps


@pytest.mark.parametrize(
    "program",
    [
        *("app = None", "print('{}')\napp = print", "print('{' * 10**5)\napp = print"),
        "import os\nos._exit(0)",
    ],
)
def test_a_probe_that_tells_nonsense_proves_nothing(
    docker_sandbox: DockerSandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str
) -> None:
    other = tmp_path / "inside.py"
    other.write_text(program)
    monkeypatch.setattr(selftest, "PROGRAM", other)
    with pytest.raises(WallBroken, match="self-test"):
        selftest.prove(docker_sandbox)


def test_plain_processes_promise_nothing_and_are_not_tested(
    process_sandbox: ProcessSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest, "look", pytest.fail)
    selftest.prove(process_sandbox)


def test_the_probe_runs_alone() -> None:
    roots = {name.partition(".")[0] for name in imports_of(selftest.PROGRAM)}
    assert roots <= sys.stdlib_module_names
