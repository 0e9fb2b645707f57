"""Mallory asks the kernel for what a web server never needs; Ada's app must not notice."""

import errno
import json
import signal
import socket
from pathlib import Path
from typing import Any

import docker
import pytest

from sandbox.backends.docker import DockerSandbox
from sandbox.images import ImageFacts
from sandbox.probe import selftest
from sandbox.probe.view import View
from sandbox.seccomp import profile, profile_json

PROBES = Path(__file__).parent / "probes"

FORBIDDEN = (
    *("add_key", "request_key", "keyctl", "bpf", "userfaultfd", "perf_event_open"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "io_setup", "seccomp"),
    *("mount", "umount2", "move_mount", "open_tree", "fsopen", "fsmount", "mount_setattr"),
    *("chroot", "pivot_root", "unshare", "setns", "clone3", "ptrace", "kcmp", "pidfd_getfd"),
    *("process_vm_readv", "process_vm_writev", "process_madvise", "kexec_load"),
    *("kexec_file_load", "init_module", "finit_module", "delete_module", "swapon", "swapoff"),
    *("quotactl", "reboot", "acct", "syslog", "settimeofday", "clock_settime", "adjtimex"),
    *("name_to_handle_at", "open_by_handle_at", "fanotify_init", "inotify_init1"),
    *("memfd_create", "memfd_secret", "mincore", "splice", "tee", "vmsplice", "sync", "syncfs"),
    *("mq_open", "shmget", "semget", "msgget", "timer_create", "move_pages", "mbind"),
)
SHUT_DOORS = (
    *("clone a user namespace", "clone a network namespace", "another personality"),
    *("limits by process number", "a pair of TIPC sockets"),
)
OPEN_DOORS = (
    *("clone a process", "ask for the personality", "own limits", "a pair of local sockets"),
)
FAMILIES = {"AF_KEY": 15, "AF_NETLINK": 16, "AF_PACKET": 17, "AF_BLUETOOTH": 31, "AF_ALG": 38}
FAMILIES |= {"AF_VSOCK": 40, "AF_XDP": 44}
ORDINARY = (
    *("serves_an_app", "uses_threads", "runs_programs", "keeps_a_database", "forks"),
    *("uses_a_process_pool", "talks_to_itself", "awaits", "handles_files", "sets_an_alarm"),
    *("knows_time_chance_and_home", "watches_a_child"),
)


def run_probe(docker_client: docker.DockerClient, box_image: ImageFacts, name: str) -> Any:
    """Run a program in a container with our profile; it prints JSON."""
    said = docker_client.containers.run(
        box_image.image_id,
        ["-s", "-c", (PROBES / f"{name}.py").read_text()],
        entrypoint="/opt/assay/python",
        network_mode="none",
        read_only=True,
        cap_drop=["ALL"],
        pids_limit=64,
        mem_limit="256m",
        tmpfs={"/tmp": "mode=1777,noexec,size=16m"},  # noqa: S108 - inside the box
        security_opt=["no-new-privileges", f"seccomp={profile_json()}"],
        remove=True,
    )
    return json.loads(bytes(said))


@pytest.fixture(scope="module")
def answers(docker_sandbox: DockerSandbox) -> View:
    return selftest.look(docker_sandbox)


@pytest.fixture(scope="module")
def life(docker_client: docker.DockerClient, box_image: ImageFacts) -> dict[str, str]:
    life: dict[str, str] = run_probe(docker_client, box_image, "ordinary")
    return life


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_call_no_web_server_needs_is_refused(answers: View, name: str) -> None:
    assert answers.calls[name] in (errno.EPERM, errno.ENOSYS)


def test_the_probe_asks_for_every_forbidden_call(answers: View) -> None:
    assert set(answers.calls) == set(FORBIDDEN)


def test_libc_is_told_that_clone3_does_not_exist(answers: View) -> None:
    assert answers.calls["clone3"] == errno.ENOSYS


@pytest.mark.parametrize("door", SHUT_DOORS)
def test_an_allowed_call_is_refused_with_the_wrong_argument(answers: View, door: str) -> None:
    assert answers.doors[door] == errno.EPERM


@pytest.mark.parametrize("door", OPEN_DOORS)
def test_an_allowed_call_works_with_the_right_argument(answers: View, door: str) -> None:
    assert answers.doors[door] == 0


@pytest.mark.parametrize("name", FAMILIES)
def test_a_strange_socket_family_is_refused(answers: View, name: str) -> None:
    assert answers.families[str(FAMILIES[name])] == errno.EPERM


def test_only_local_and_internet_sockets_can_be_made(answers: View) -> None:
    families = answers.families.items()
    refused = {int(number) for number, error in families if error == errno.EPERM}
    asked_for = {int(number) for number in answers.families}
    assert asked_for - refused == {socket.AF_UNIX, socket.AF_INET, socket.AF_INET6}


def test_another_interface_to_the_kernel_kills_the_caller(
    answers: View,
) -> None:
    assert set(answers.foreign.values()) <= {-signal.SIGSYS}


@pytest.mark.parametrize("part", ORDINARY)
def test_ordinary_life_goes_on(life: dict[str, str], part: str) -> None:
    assert life[part] == "works"


@pytest.fixture(scope="module")
def rules() -> list[dict[str, Any]]:
    rules = profile()["syscalls"]
    assert isinstance(rules, list)
    return rules


def test_what_is_refused_is_nowhere_in_the_list(rules: list[dict[str, Any]]) -> None:
    allowed = {n for rule in rules if rule["action"] == "SCMP_ACT_ALLOW" for n in rule["names"]}
    assert not allowed & set(FORBIDDEN)


def test_no_call_is_in_two_groups(rules: list[dict[str, Any]]) -> None:
    names = [name for rule in rules if "args" not in rule for name in rule["names"]]
    assert len(names) == len(set(names))


def test_no_free_rule_undoes_a_condition(rules: list[dict[str, Any]]) -> None:
    free = {name for rule in rules if "args" not in rule for name in rule["names"]}
    assert not free & {name for rule in rules if "args" in rule for name in rule["names"]}
