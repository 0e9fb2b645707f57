"""Boxes and an examiner for tests: made once, whichever folder of tests asks first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import NoReturn

import pytest

from graders.examiner import Examiner
from graders.grade import Grader
from sandbox.backends.docker import DockerSandbox
from sandbox.backends.process import ProcessSandbox
from sandbox.errors import BoxUnavailable, ImageUnavailable


def missing(what: str) -> NoReturn:
    """Skip loudly, or fail where a skipped test would go unseen."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@cache
def _docker() -> DockerSandbox | str:
    try:
        sandbox = DockerSandbox(print)
        sandbox.prepare()
    except BoxUnavailable as error:
        return f"No Docker: install docker.io or start the daemon. ({error})"
    except ImageUnavailable as error:
        return f"No box image: {error}"
    return sandbox


@cache
def _examiner() -> Examiner:
    return Examiner()


@pytest.fixture(scope="session")
def docker_sandbox() -> Iterator[DockerSandbox]:
    """Containers, as strangers' code gets them."""
    sandbox = _docker()
    if isinstance(sandbox, str):
        missing(sandbox)
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="session")
def process_sandbox() -> ProcessSandbox:
    """Plain processes, as one's own code may get them."""
    return ProcessSandbox()


@pytest.fixture(scope="session")
def examiner() -> Iterator[Examiner]:
    """One fork server for the whole session."""
    shared = _examiner()
    yield shared
    shared.close()


@pytest.fixture(scope="session")
def docker_grader(docker_sandbox: DockerSandbox, examiner: Examiner) -> Grader:
    return Grader(docker_sandbox, examiner)


@pytest.fixture(scope="session")
def process_grader(process_sandbox: ProcessSandbox, examiner: Examiner) -> Grader:
    return Grader(process_sandbox, examiner)
