"""Boxes as Docker containers: one fresh, hardened container per submission."""

import contextlib
import os
import socket
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docker
import docker.errors
import requests

from sandbox import frames
from sandbox.backends import container, demands, golden
from sandbox.backends.leftovers import HeldFolder, remove_abandoned
from sandbox.box import Box, BoxFacts
from sandbox.channel import Channel
from sandbox.errors import BoxLost, BoxUnavailable, WallBroken
from sandbox.images import IMAGES, ImageFacts, ensure_image, prune_images
from sandbox.limits import Limits
from sandbox.runtimes import find
from sandbox.usage import Books, Usage

BOOT_SECONDS = 30.0
DAEMON_SECONDS = 30
OLD_IMAGE_SECONDS = 14 * 24 * 3600
REMOVER = "remove-box"
SWEEP_SECONDS = 300.0
REMOVE_WAITS_SECONDS = (0.0, 0.5, 2.0, 5.0)
SOCKET_NAME = "control.sock"
LONGEST_ADDRESS = 107  # bytes that a unix socket's address can have


def connect() -> docker.DockerClient:
    """A client of the daemon that `DOCKER_HOST` names; raises `BoxUnavailable` if none answers."""
    try:
        client = docker.from_env(timeout=DAEMON_SECONDS)
        client.ping()
    except (docker.errors.DockerException, requests.RequestException, OSError) as error:
        raise BoxUnavailable(
            f"No Docker daemon answers ({error}). Start it, or set DOCKER_HOST."
        ) from error
    return client


class DockerSandbox:
    """Makes containers from our own image, each used once."""

    name = "docker"
    isolates = True

    def __init__(
        self, say: Callable[[str], None], runtime: str | None = None, *, patched: bool = False
    ) -> None:
        self._client = connect()
        self._say = say
        self._swept = 0.0
        self._container_runtime = runtime
        try:
            if runtime:
                demands.require_runtime(self._client, runtime)
            if patched:
                demands.require_patched(self._client, runtime)
        except BaseException:
            self._client.close()
            raise
        self._images: dict[str, ImageFacts] = {}
        self._building = threading.Lock()

    def prepare(self) -> None:
        """Build what images are missing, which may take minutes; remove what others left."""
        current = [self._image(image).reference for image in IMAGES]
        try:
            prune_images(self._client, current, OLD_IMAGE_SECONDS)
        except (docker.errors.DockerException, requests.RequestException) as error:
            self._say(f"Old box images stay where they are: {error}")
        try:
            removed = self.remove_leftovers()
        except (docker.errors.DockerException, requests.RequestException, OSError) as error:
            raise BoxUnavailable(f"Docker does not say which boxes are left: {error}") from error
        if removed:
            self._say(f"Removed {removed} boxes whose worker is gone.")

    def _image(self, name: str) -> ImageFacts:
        with self._building:
            if name not in self._images:
                self._images[name] = ensure_image(self._client, name, say=self._say)
            return self._images[name]

    def open(self, runtime: str, limits: Limits) -> Box:
        """Create one container, look whether it is as hard as promised, start and greet it."""
        kind = find(runtime)
        image = self._image(kind.image)
        self._sweep_now_and_then()
        try:
            with HeldFolder(_control_parent(), mode=0o755) as folder, _listener(folder) as listener:
                return self._start(image, kind.preload, folder, listener, limits)
        except (docker.errors.DockerException, requests.RequestException, OSError) as error:
            raise BoxUnavailable(f"Docker could not start a box: {error}") from error

    def _start(
        self,
        image: ImageFacts,
        preload: Sequence[str],
        folder: Path,
        listener: socket.socket,
        limits: Limits,
    ) -> Box:
        api = self._client.api
        wanted = container.configuration(
            image.image_id, folder, limits, self._container_runtime, preload
        )
        name = f"assay-box-{folder.name}"
        identity: str = api.create_container_from_config(wanted, name)["Id"]  # type: ignore[no-untyped-call]
        try:
            found = api.inspect_container(identity)
            if gaps := golden.gaps(found, image.image_id, folder, limits, self._container_runtime):
                raise WallBroken("The engine made a box that is not as hard as asked for.", gaps)
            api.start(identity)
            control, hello = _greeted(listener)
        except (BoxLost, TimeoutError) as error:
            reason = _last_words(api, identity)
            _remove(api, identity)
            raise BoxUnavailable(f"A box did not come up. {reason}") from error
        except BaseException:
            _remove(api, identity)
            raise
        facts = BoxFacts(self.name, image.digest, hello.python, hello.fastapi)
        return DockerBox(self._client, identity, control, facts, Books(_peer(control)))

    def close(self) -> None:
        """Wait for boxes that are being removed, then let go of the daemon."""
        for remover in [t for t in threading.enumerate() if t.name == REMOVER]:
            remover.join(DAEMON_SECONDS)
        self._client.close()

    def _sweep_now_and_then(self) -> None:
        """What a worker had asked for when it was killed may appear after the first sweep."""
        if time.monotonic() - self._swept > SWEEP_SECONDS:
            self._swept = time.monotonic()
            threading.Thread(target=self._sweep, name=REMOVER).start()

    def _sweep(self) -> None:
        engine_away = (docker.errors.DockerException, requests.RequestException)
        with contextlib.suppress(*engine_away, OSError, BoxUnavailable):
            self.remove_leftovers()

    def remove_leftovers(self) -> int:
        """Remove containers whose maker is gone; returns how many."""
        self._swept = time.monotonic()
        api = self._client.api
        found = api.containers(all=True, filters={"label": container.LABEL_BOX})
        stale = [c for c in found if container.is_leftover(c["Labels"], c["State"])]
        gone = [each for each in stale if _remove(api, each["Id"])]
        remove_abandoned(_control_parent(), "*")
        return len(gone)


class DockerBox(Box):
    """One running container and the channel to its agent."""

    def __init__(
        self,
        client: docker.DockerClient,
        identity: str,
        control: socket.socket,
        facts: BoxFacts,
        books: Books,
    ) -> None:
        self._client = client
        self._identity = identity
        self._books = books
        self._closed = False
        self.facts = facts
        self.channel = Channel(control)

    def usage(self) -> Usage:
        """The kernel's books; when the box has ended they are gone, and the daemon is asked."""
        used = self._books.read()
        if used.memory_peak_mb is None and not self._closed:
            return replace(used, out_of_memory_kills=int(self._ended_by_memory()))
        return used

    def hits(self) -> Usage:
        """The counters alone, as long as the box lives."""
        return self._books.hits() or self.usage()

    def _ended_by_memory(self) -> bool:
        with contextlib.suppress(docker.errors.DockerException, requests.RequestException):
            state = self._client.api.inspect_container(self._identity)["State"]
            return bool(state["OOMKilled"])
        return False

    def close(self) -> None:
        """Kill now; the daemon's tidying up does not keep the verdict waiting."""
        if self._closed:
            return
        self._closed = True
        self.channel.control.close()
        self._books.close()
        remover = threading.Thread(
            target=_remove, args=(self._client.api, self._identity), name=REMOVER
        )
        remover.start()
        self.when_closed()


def _control_parent() -> Path:
    """A folder that is ours alone; its path is short enough for a socket address."""
    parent = Path(os.environ.get("ASSAY_BOX_DIR", tempfile.gettempdir())) / f"assay-{os.getuid()}"
    parent.mkdir(mode=0o700, exist_ok=True)
    if parent.is_symlink() or parent.stat().st_uid != os.getuid():
        raise BoxUnavailable(f"{parent} belongs to somebody else. Set ASSAY_BOX_DIR to a folder.")
    return parent


def _listener(folder: Path) -> socket.socket:
    path = folder / SOCKET_NAME
    if len(os.fsencode(path)) > LONGEST_ADDRESS:
        raise BoxUnavailable(
            f"{path} is longer than the {LONGEST_ADDRESS} bytes of a socket's address. "
            "Set ASSAY_BOX_DIR to a folder with a shorter path."
        )
    listener = socket.socket(socket.AF_UNIX)
    try:
        listener.bind(str(path))
        path.chmod(0o666)  # the box's user is nobody here; the folder above is ours alone
        listener.listen(1)
        listener.settimeout(BOOT_SECONDS)
    except BaseException:
        listener.close()
        raise
    return listener


def _greeted(listener: socket.socket) -> tuple[socket.socket, frames.Hello]:
    """The agent's connection, made before any candidate code exists in the box, and its greeting."""
    control, _address = listener.accept()
    try:
        control.setblocking(True)
        hello = frames.receive(control, BOOT_SECONDS)
        if not isinstance(hello, frames.Hello):
            raise BoxUnavailable("The box's agent did not introduce itself.")
    except BaseException:
        control.close()
        raise
    return control, hello


def _peer(control: socket.socket) -> int:
    """The agent's process number as this process sees it; 0 where it is out of sight."""
    size = struct.calcsize("3i")
    credentials = control.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    pid, _user, _group = struct.unpack("3i", credentials)
    return int(pid)


def _last_words(api: Any, identity: str) -> str:
    with contextlib.suppress(docker.errors.DockerException, requests.RequestException):
        state = api.inspect_container(identity)["State"]
        return f"State: {state['Status']}, exit code {state['ExitCode']}. {state['Error']}".strip()
    return "The daemon does not say why."


def _remove(api: Any, identity: str) -> bool:
    """Kill and remove a box; whether it is gone, or it is left to the next sweep."""
    for wait in REMOVE_WAITS_SECONDS:
        time.sleep(wait)
        try:
            api.remove_container(identity, force=True, v=True)
            return True
        except docker.errors.NotFound:
            return True
        except (docker.errors.DockerException, requests.RequestException, OSError):
            continue  # the engine is away, or busy removing it: asked before, it says 409
    return False
