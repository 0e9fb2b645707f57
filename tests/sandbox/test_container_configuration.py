"""A started box is exactly as hard as planned: the daemon's own words, against literal values."""

import json
from collections.abc import Iterator
from typing import Any

import docker
import pytest

from sandbox.backends.docker import DockerBox, DockerSandbox
from sandbox.limits import Limits
from sandbox.seccomp import profile
from tests.sandbox.containers import inspect

LIMITS = Limits(memory_mb=128, processes=32, file_mb=4, scratch_mb=8, cpus=0.5)
MEGABYTE = 1024 * 1024
TMPFS = "rw,noexec,nosuid,nodev,mode=0700,uid=10001,gid=10001"

GOLDEN = {
    "NetworkMode": "none",
    "ReadonlyRootfs": True,
    "Privileged": False,
    "CapAdd": None,
    "CapDrop": ["ALL"],
    "IpcMode": "none",
    "PidMode": "",
    "UTSMode": "",
    "UsernsMode": "",
    "CgroupnsMode": "private",
    "Memory": 128 * MEGABYTE,
    "MemorySwap": 128 * MEGABYTE,
    "NanoCpus": 500_000_000,
    "PidsLimit": 32,
    "OomKillDisable": False,
    "LogConfig": {"Type": "none", "Config": {}},
    "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0},
    "Binds": None,
    "VolumesFrom": None,
    "PortBindings": None,
    "PublishAllPorts": False,
    "Devices": None,
    "DeviceRequests": None,
    "DeviceCgroupRules": None,
    "GroupAdd": None,
    "Links": None,
    "ExtraHosts": None,
    "Sysctls": None,
    "AutoRemove": False,
}
HIDDEN = {
    *("/proc/kcore", "/proc/keys", "/proc/kallsyms", "/proc/config.gz", "/proc/cmdline"),
    *("/proc/loadavg", "/proc/stat", "/proc/diskstats", "/proc/interrupts", "/proc/version"),
    *("/proc/locks", "/proc/vmstat", "/proc/pressure", "/sys/fs", "/sys/class", "/sys/block"),
    *("/sys/devices", "/sys/firmware", "/sys/kernel", "/sys/module"),
}


@pytest.fixture(scope="module")
def found(
    docker_sandbox: DockerSandbox, docker_client: docker.DockerClient
) -> Iterator[dict[str, Any]]:
    with docker_sandbox.open("fastapi", LIMITS) as box:
        assert isinstance(box, DockerBox)
        found = inspect(docker_client, box._identity)
    assert found is not None
    yield found


@pytest.fixture(scope="module")
def host(found: dict[str, Any]) -> dict[str, Any]:
    host: dict[str, Any] = found["HostConfig"]
    return host


@pytest.mark.parametrize("option", GOLDEN)
def test_no_option_of_a_box_is_left_to_a_default(host: dict[str, Any], option: str) -> None:
    # Engines differ in how they write "nothing".
    assert (host.get(option) or None) == (GOLDEN[option] or None)


def test_a_box_takes_our_system_call_profile_and_no_new_privileges(host: dict[str, Any]) -> None:
    privileges, filtered = sorted(host["SecurityOpt"])
    assert privileges in ("no-new-privileges:true", "no-new-privileges")
    assert json.loads(filtered.removeprefix("seccomp=")) == profile()


def test_a_box_has_its_user_its_name_and_no_ports(found: dict[str, Any]) -> None:
    config = found["Config"]
    assert config["User"] == "10001:10001"
    assert config["Hostname"] == "box"
    assert config["NetworkDisabled"] is True
    assert not config.get("ExposedPorts")
    assert not config.get("Volumes")
    assert not config.get("Healthcheck")
    assert not (config["Tty"] or config["OpenStdin"] or config["AttachStdin"])


def test_a_boxs_environment_is_a_short_constant_list(found: dict[str, Any]) -> None:
    names = {entry.partition("=")[0] for entry in found["Config"]["Env"]}
    assert names <= {
        *("HOME", "TMPDIR", "PATH", "LANG", "TZ", "PYTHONPATH"),
        *("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONHASHSEED"),
        # Of Python's own image, when that is the base.
        *("GPG_KEY", "PYTHON_VERSION", "PYTHON_SHA256", "LC_ALL"),
    }


def test_a_box_mounts_one_folder_of_ours_and_cannot_write_to_it(found: dict[str, Any]) -> None:
    binds = [mount for mount in found["Mounts"] if mount["Type"] != "tmpfs"]
    assert [mount["Destination"] for mount in binds] == ["/run/assay"]
    assert binds[0]["RW"] is False
    assert binds[0]["Propagation"] == "rprivate"


def test_every_writable_place_is_small_and_runs_nothing(host: dict[str, Any]) -> None:
    assert host["Tmpfs"] == {
        "/work": f"{TMPFS},size=4m,nr_inodes=1024",
        "/tmp": f"{TMPFS},size=8m,nr_inodes=1024",  # noqa: S108 - inside the box
        "/dev/shm": f"{TMPFS},size=1m,nr_inodes=64",  # noqa: S108 - inside the box
    }


def test_a_box_has_hard_limits_on_files(host: dict[str, Any]) -> None:
    limits = {each["Name"]: (each["Soft"], each["Hard"]) for each in host["Ulimits"]}
    assert limits == {
        "nofile": (1024, 1024),
        "core": (0, 0),
        "fsize": (4 * MEGABYTE, 4 * MEGABYTE),
    }


def test_what_tells_about_the_host_is_hidden(host: dict[str, Any]) -> None:
    assert set(host["MaskedPaths"]) >= HIDDEN
    assert {"/proc/sys", "/proc/bus", "/proc/irq"} <= set(host["ReadonlyPaths"])


def test_a_boxs_labels_tell_nothing_about_a_candidate(found: dict[str, Any]) -> None:
    ours = {name for name in found["Config"]["Labels"] if name.startswith("org.assay.")}
    assert ours == {
        *("org.assay.box", "org.assay.owner", "org.assay.expires"),
        *("org.assay.runtime", "org.assay.digest"),
    }
