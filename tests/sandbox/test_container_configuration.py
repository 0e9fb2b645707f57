"""A box is looked at before it starts: the engine's own words, held against literal values."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docker
import pytest

from sandbox.backends import container, golden, golden_calls
from sandbox.backends.docker import DockerBox, DockerSandbox
from sandbox.errors import WallBroken
from sandbox.limits import Limits
from sandbox.seccomp import profile
from tests.sandbox.containers import inspect, of_this_process

LIMITS = Limits(memory_mb=128, processes=32, file_mb=4, scratch_mb=8, cpus=0.5)
Found = dict[str, Any]


@pytest.fixture(scope="module")
def found(docker_sandbox: DockerSandbox, docker_client: docker.DockerClient) -> Iterator[Found]:
    """What the engine says about a box of ours, as it says it before the start."""
    with docker_sandbox.open("fastapi", LIMITS) as box:
        assert isinstance(box, DockerBox)
        found = inspect(docker_client, box._identity)
    assert found is not None
    found["State"]["Running"] = False
    yield found


def gaps(found: Found, runtime: str | None = None) -> list[str]:
    folder = Path(found["Mounts"][0]["Source"])
    image = found["Config"]["Image"]
    return golden.gaps(found, image, folder, LIMITS, runtime)


def test_a_box_of_ours_has_no_gap(found: Found) -> None:
    assert gaps(found) == []


def host(**changed: Any) -> Callable[[Found], None]:
    return lambda found: found["HostConfig"].update(changed)


def config(**changed: Any) -> Callable[[Found], None]:
    return lambda found: found["Config"].update(changed)


def calls(change: Callable[[Any], object]) -> Callable[[Found], None]:
    """Another filter of system calls, in the words of the engine."""

    def alter(found: Found) -> None:
        altered = copy.deepcopy(profile())
        change(altered)
        options = ["no-new-privileges:true", f"seccomp={json.dumps(altered)}"]
        found["HostConfig"]["SecurityOpt"] = options

    return alter


def allow(name: str) -> Callable[[Any], object]:
    return lambda altered: altered["syscalls"].append({"names": [name], "action": "SCMP_ACT_ALLOW"})


def another_mount(found: Found) -> None:
    mount = {"Source": "/", "Destination": "/host", "RW": False, "Type": "bind"}
    found["Mounts"].append(mount | {"Propagation": "rprivate"})


def forget_the_size_of_files(found: Found) -> None:
    ulimits = found["HostConfig"]["Ulimits"]
    found["HostConfig"]["Ulimits"] = [each for each in ulimits if each["Name"] != "fsize"]


def show(path: str) -> Callable[[Found], None]:
    return lambda found: found["HostConfig"]["MaskedPaths"].remove(path)


SOFTER = {
    "HostConfig.NetworkMode": host(NetworkMode="bridge"),
    "HostConfig.Privileged": host(Privileged=True),
    "HostConfig.CapAdd": host(CapAdd=["SYS_ADMIN"]),
    "HostConfig.CapDrop": host(CapDrop=None),
    "HostConfig.ReadonlyRootfs": host(ReadonlyRootfs=False),
    "HostConfig.PidMode": host(PidMode="host"),
    "HostConfig.IpcMode": host(IpcMode="shareable"),
    "HostConfig.UTSMode": host(UTSMode="host"),
    "HostConfig.UsernsMode": host(UsernsMode="host"),
    "HostConfig.CgroupnsMode": host(CgroupnsMode="host"),
    "HostConfig.Memory ": host(Memory=0),
    "HostConfig.MemorySwap ": host(MemorySwap=-1),
    "HostConfig.PidsLimit": host(PidsLimit=None),
    "HostConfig.NanoCpus": host(NanoCpus=0),
    "HostConfig.OomKillDisable": host(OomKillDisable=True),
    "HostConfig.LogConfig": host(LogConfig={"Type": "json-file", "Config": {}}),
    "HostConfig.RestartPolicy": host(RestartPolicy={"Name": "always", "MaximumRetryCount": 0}),
    "HostConfig.Devices": host(Devices=[{"PathOnHost": "/dev/kvm"}]),
    "HostConfig.Binds": host(Binds=["/:/host"]),
    "HostConfig.Sysctls": host(Sysctls={"net.ipv4.ip_forward": "1"}),
    "HostConfig.WhatIsNotInventedYet": host(WhatIsNotInventedYet="on"),
    "HostConfig.Tmpfs": lambda found: found["HostConfig"]["Tmpfs"].update({"/tmp": "exec"}),  # noqa: S108
    "SecurityOpt": host(SecurityOpt=["no-new-privileges:true"]),
    "no filter of system calls": host(SecurityOpt=["no-new-privileges", "seccomp=unconfined"]),
    "Config.User": config(User="root"),
    "Config.Hostname": config(Hostname="f00"),
    "Config.Healthcheck": config(Healthcheck={"Test": ["CMD", "true"]}),
    "Config.ExposedPorts": config(ExposedPorts={"80/tcp": {}}),
    "Config.Tty": config(Tty=True),
    "The environment has DATABASE_URL": config(Env=["HOME=/tmp", "DATABASE_URL=postgresql://"]),
    "/bin/sh, which is not our agent": lambda found: found.update(Path="/bin/sh"),
    "on a network": lambda found: found["NetworkSettings"].update(Networks={"bridge": {}}),
    "mount that nobody asked for": another_mount,
    "the control socket is not mounted": lambda found: found.update(Mounts=[]),
    "limit fsize": forget_the_size_of_files,
    "would see /proc/kcore": show("/proc/kcore"),
    "write to": host(ReadonlyPaths=[]),
    "call ptrace": calls(allow("ptrace")),
    "call clone3": calls(allow("clone3")),
    "call socket would": calls(allow("socket")),
    "that no rule names": calls(lambda altered: altered.update(defaultAction="SCMP_ACT_ALLOW")),
    "other interfaces": calls(
        lambda altered: altered["archMap"][0].update(subArchitectures=["SCMP_ARCH_X86"])
    ),
}


@pytest.mark.parametrize("named", SOFTER)
def test_one_softer_option_is_a_gap_with_a_name(found: Found, named: str) -> None:
    softer = copy.deepcopy(found)
    SOFTER[named](softer)
    said = golden.gaps(
        softer,
        found["Config"]["Image"],
        Path(found["Mounts"][0]["Source"]),
        LIMITS,
        None,
    )
    assert [gap for gap in said if named in gap], said


def test_another_image_is_a_gap(found: Found) -> None:
    folder = Path(found["Mounts"][0]["Source"])
    [gap] = golden.gaps(found, "sha256:another", folder, LIMITS, None)
    assert "Config.Image" in gap


def test_another_runtime_than_the_one_asked_for_is_a_gap(found: Found) -> None:
    assert gaps(found, "runc") == []
    [gap] = gaps(found, "runsc")
    assert gap == "HostConfig.Runtime is 'runc', it must be 'runsc'."


def test_engines_may_write_nothing_as_they_like(found: Found) -> None:
    other = copy.deepcopy(found)
    nothings: tuple[Any, ...] = (None, [], {}, "", 0, False, [0, 0])
    for nothing in nothings:
        other["HostConfig"] |= {"CapAdd": nothing, "Binds": nothing, "ConsoleSize": nothing}
        assert gaps(other) == []


def test_a_soft_box_never_starts(
    docker_sandbox: DockerSandbox,
    docker_client: docker.DockerClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = container.host_configuration
    monkeypatch.setattr(
        container, "host_configuration", lambda *given: made(*given) | {"CapAdd": ["NET_ADMIN"]}
    )
    monkeypatch.setattr(docker_sandbox._client.api, "start", pytest.fail)
    before = of_this_process(docker_client)
    with pytest.raises(WallBroken, match="CapAdd") as broken:
        docker_sandbox.open("fastapi", LIMITS)
    assert "Nothing is graded" in str(broken.value)
    assert len(broken.value.gaps) == 1
    assert of_this_process(docker_client) <= before


def test_our_own_profile_is_as_strict_as_it_must_be() -> None:
    assert list(golden_calls.gaps(json.dumps(profile()))) == []


def test_a_boxs_labels_tell_nothing_about_a_candidate(found: Found) -> None:
    ours = {name for name in found["Config"]["Labels"] if name.startswith("org.assay.")}
    assert ours == {
        *("org.assay.box", "org.assay.owner", "org.assay.expires"),
        *("org.assay.runtime", "org.assay.digest"),
    }
