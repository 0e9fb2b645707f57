"""What the tests of the wall share: a Docker daemon, the box image and boxes."""

from collections.abc import Iterator

import docker
import pytest
from docker.errors import DockerException

from sandbox.errors import ImageUnavailable
from sandbox.images import ImageFacts, ensure_image
from tests.boxes import docker_sandbox, missing, process_sandbox

__all__ = ["docker_sandbox", "process_sandbox"]


@pytest.fixture(scope="session")
def docker_client() -> Iterator[docker.DockerClient]:
    try:
        client = docker.from_env()
        client.ping()
    except DockerException as error:
        missing(f"No Docker: install docker.io or start the daemon. ({error})")
    yield client
    client.close()


@pytest.fixture(scope="session")
def box_image(docker_client: docker.DockerClient) -> ImageFacts:
    """The image of this checkout, built if need be."""
    try:
        return ensure_image(docker_client, say=print)
    except ImageUnavailable as error:
        missing(f"No box image: {error}")
