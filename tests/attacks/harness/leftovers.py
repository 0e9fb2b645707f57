"""What a run may leave behind: nothing that is ours, anywhere on the machine."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

import docker
import psutil

from graders.examiner import Examiner
from sandbox.backends import container
from sandbox.backends.docker import _control_parent
from tests.attacks.harness.waiting import until_empty

PATIENCE_SECONDS = 60.0
LABELS = "org.assay."


class Leftovers:
    """Looks for what is still there of boxes and examinations."""

    def __init__(self, client: docker.DockerClient) -> None:
        self._api: Any = client.api

    def still_there(self, containers: Collection[str]) -> list[str]:
        """Which of these containers the daemon still knows after a while."""
        return until_empty(
            lambda: [i for i in containers if i in self._known(container.LABEL_BOX)],
            PATIENCE_SECONDS,
        )

    def of_this_process(self) -> list[str]:
        """Containers that carry our own mark."""
        owner = container.labels()[container.LABEL_OWNER]
        mark = f"{container.LABEL_OWNER}={owner}"
        return until_empty(lambda: self._known(mark), PATIENCE_SECONDS)

    def volumes_and_networks(self) -> list[str]:
        """There is no reason to make any, so any with our label is one too many."""
        found = [*(self._api.volumes()["Volumes"] or []), *self._api.networks()]
        return [each["Name"] for each in found if _is_ours(each.get("Labels") or {})]

    def _known(self, label: str) -> list[str]:
        listed = self._api.containers(all=True, filters={"label": label})
        return [each["Id"] for each in listed]


def processes_in(containers: Collection[str]) -> list[str]:
    """Processes that still live in the control group of one of these containers."""
    return until_empty(lambda: _inhabitants(containers), PATIENCE_SECONDS)


def control_folders(before: Collection[Path]) -> list[Path]:
    """Folders of boxes that have come and stay; those of others come and go."""
    suspects = set(_control_parent().iterdir()) - set(before)
    return until_empty(lambda: [each for each in suspects if each.exists()], PATIENCE_SECONDS)


def present_control_folders() -> set[Path]:
    return set(_control_parent().iterdir())


def examinations(examiner: Examiner) -> list[str]:
    """What outlived its examination: only the process that has collected the one suite may stay."""
    assert examiner._server is not None
    server = psutil.Process(examiner._server.pid)
    return until_empty(lambda: _below_the_suite(server), PATIENCE_SECONDS)


def _below_the_suite(server: psutil.Process) -> list[str]:
    suites = server.children()
    below = [child for suite in suites for child in _children(suite)]
    return [str(each) for each in (*suites[1:], *below)]


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children()
    except psutil.NoSuchProcess:
        return []


def _inhabitants(containers: Collection[str]) -> list[str]:
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit() and each.name != str(os.getpid()):
            try:
                groups = (each / "cgroup").read_text()
            except OSError:
                continue
            found += [each.name for identity in containers if identity in groups]
    return found


def _is_ours(labels: dict[str, str]) -> bool:
    return any(name.startswith(LABELS) for name in labels)
