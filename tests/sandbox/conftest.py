"""What the tests of the wall share: a Docker daemon and the box image."""

import os
from collections.abc import Iterator
from typing import NoReturn

import docker
import pytest
from docker.errors import DockerException

from sandbox.errors import ImageUnavailable
from sandbox.images import ImageFacts, ensure_image


def _missing(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def docker_client() -> Iterator[docker.DockerClient]:
    try:
        client = docker.from_env()
        client.ping()
    except DockerException as error:
        _missing(f"No Docker: install docker.io or start the daemon. ({error})")
    yield client
    client.close()


@pytest.fixture(scope="session")
def box_image(docker_client: docker.DockerClient) -> ImageFacts:
    """The image of this checkout, built if need be."""
    try:
        return ensure_image(docker_client, say=print)
    except ImageUnavailable as error:
        _missing(f"No box image: {error}")
