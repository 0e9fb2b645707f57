"""A look at boxes from the daemon's side, which the sandbox itself does not offer."""

import time
from typing import Any

import docker
from docker.errors import NotFound

from sandbox.backends import container

GONE_SECONDS = 30


def identities(client: docker.DockerClient) -> set[str]:
    """Every box that the daemon knows, whoever made it."""
    found = client.api.containers(all=True, filters={"label": container.LABEL_BOX})
    return {each["Id"] for each in found}


def of_this_process(client: docker.DockerClient) -> set[str]:
    """The boxes that this very process has made and that are still there."""
    mark = f"{container.LABEL_OWNER}={container.labels()[container.LABEL_OWNER]}"
    return {each["Id"] for each in client.api.containers(all=True, filters={"label": mark})}


def inspect(client: docker.DockerClient, identity: str) -> dict[str, Any] | None:
    """What the daemon says about one container; nothing when it is gone."""
    try:
        found: dict[str, Any] = client.api.inspect_container(identity)
    except NotFound:
        return None
    return found


def wait_until_gone(client: docker.DockerClient, identity: str) -> bool:
    """True once the daemon does not know the container any more."""
    deadline = time.monotonic() + GONE_SECONDS
    while time.monotonic() < deadline:
        if inspect(client, identity) is None:
            return True
        time.sleep(0.05)
    return False


def wait_until_ended(client: docker.DockerClient, identity: str) -> dict[str, Any]:
    """The container's state once it does not run any more, or the last one seen."""
    deadline = time.monotonic() + GONE_SECONDS
    state: dict[str, Any] = {"Running": True}
    while state["Running"] and time.monotonic() < deadline:
        found = inspect(client, identity)
        if found is None:
            return {"Running": False, "ExitCode": 0, "removed": True}
        state = found["State"]
        time.sleep(0.05)
    return state
