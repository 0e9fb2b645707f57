"""Where the box image starts from: `python:3.13-slim`, or a base made from Debian's packages."""

import hashlib
import json
import os
import queue
import shutil
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import docker
import requests
from docker.errors import DockerException, ImageNotFound

from sandbox.errors import ImageUnavailable

PYTHON_IMAGE = "python:3.13-slim"
SILENCE_SECONDS = 20.0
DEBOOTSTRAP_SECONDS = 1200.0

# Python 3.13, or 3.11 where the keyring of the machine is too old to vouch for trixie.
SUITES = ("trixie", "bookworm")
PACKAGES = ("python3", "tzdata")
MIRROR = "http://deb.debian.org/debian"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
PROXIES = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")

LEFT_OUT = (
    *("./boot/*", "./dev/*", "./home/*", "./proc/*", "./run/*", "./sys/*", "./tmp/*"),
    *("./debootstrap*", "./usr/share/doc/*", "./usr/share/info/*", "./usr/share/lintian/*"),
    *("./usr/share/locale/*", "./usr/share/man/*", "./var/cache/*", "./var/lib/apt/*"),
    *("./var/lib/dpkg/*", "./var/log/*", "*/__pycache__"),
)

WHAT_TO_DO = (
    "Do one of these, then try again: let the Docker daemon reach a registry "
    f"(docker pull {PYTHON_IMAGE}); bring that image in from a file (docker load); or, on Debian "
    "or Ubuntu, run this once as root with Debian's tools installed "
    "(apt-get install debootstrap debian-archive-keyring)."
)

Say = Callable[[str], None]


class NotObtained(Exception):
    """One way to a base did not work; the message says why."""


@dataclass(frozen=True, slots=True)
class Base:
    """An image to start from; `suite` is Debian's when we make it ourselves."""

    reference: str
    description: str
    suite: str | None = None


def known_bases() -> tuple[Base, ...]:
    """Every base a box image may start from, the preferred one first."""
    return (Base(PYTHON_IMAGE, PYTHON_IMAGE), *(_debian(suite) for suite in SUITES))


def _debian(suite: str) -> Base:
    recipe = json.dumps([suite, PACKAGES, LEFT_OUT])
    reference = f"assay-base:{hashlib.sha256(recipe.encode()).hexdigest()[:16]}"
    return Base(reference, f"debian {suite} ({reference})", suite)


def find_base(client: docker.DockerClient, say: Say) -> Base:
    """A base that is here, else one that can be pulled, else one that can be made."""
    for base in known_bases():
        if _is_here(client, base.reference):
            say(f"The box image starts from {base.description}, which is already here.")
            return base
    reasons = []
    for base in known_bases():
        try:
            return _obtain(client, base, say)
        except NotObtained as error:
            say(str(error))
            reasons.append(str(error))
    raise ImageUnavailable(
        f"There is nothing to build the box image from. {' '.join(reasons)} {WHAT_TO_DO}"
    )


def _is_here(client: docker.DockerClient, reference: str) -> bool:
    try:
        client.images.get(reference)
    except ImageNotFound:
        return False
    return True


def _obtain(client: docker.DockerClient, base: Base, say: Say) -> Base:
    if base.suite is None:
        say(f"Pulling {base.reference} for the box image.")
        pull(client, base.reference, SILENCE_SECONDS)
    else:
        _require_debian_tools(base.suite)
        say(f"Making a base from Debian {base.suite} packages instead: about two minutes.")
        _make(client, base.reference, base.suite)
    say(f"The box image starts from {base.description}.")
    return base


def pull(client: docker.DockerClient, reference: str, silence_seconds: float) -> None:
    """Pull an image; give up when the daemon reports nothing for so many seconds."""
    events: queue.Queue[dict[str, Any] | None] = queue.Queue()
    # The daemon may wait for minutes on a network that swallows packets, and docker-py would
    # wait with it: so somebody else listens, and is left behind when nothing comes.
    threading.Thread(target=_listen, args=(client, reference, events), daemon=True).start()
    try:
        while event := events.get(timeout=silence_seconds):
            if "error" in event:
                raise NotObtained(f"{reference} could not be pulled: {event['error']}.")
    except queue.Empty:
        raise NotObtained(
            f"{reference} could not be pulled: silence for {silence_seconds:g} seconds."
        ) from None


def _listen(
    client: docker.DockerClient, reference: str, events: queue.Queue[dict[str, Any] | None]
) -> None:
    repository, _, tag = reference.rpartition(":")
    try:
        for event in client.api.pull(repository, tag=tag, stream=True, decode=True):
            events.put(event)
    except (DockerException, requests.RequestException) as error:
        events.put({"error": getattr(error, "explanation", None) or str(error)})
    events.put(None)


def _require_debian_tools(suite: str) -> None:
    missing = [tool for tool in ("debootstrap", "unshare") if not _tool(tool)]
    missing += [] if KEYRING.exists() else ["debian-archive-keyring"]
    if os.geteuid() != 0:
        reason = "this needs root"
    elif missing:
        reason = f"{' and '.join(missing)} must be installed"
    else:
        return
    raise NotObtained(f"A base from Debian {suite} packages could not be made: {reason}.")


def _tool(name: str) -> str | None:
    return shutil.which(name, path=SYSTEM_PATH)


def _make(client: docker.DockerClient, reference: str, suite: str) -> None:
    # Not in /tmp: it is often a file system without devices, which debootstrap refuses.
    with tempfile.TemporaryDirectory(prefix="assay-base-", dir="/var/tmp") as folder:
        root = Path(folder, "root")
        _debootstrap(suite, root)
        with tempfile.TemporaryFile(dir=folder) as archive:
            with tarfile.open(fileobj=archive, mode="w") as tar:
                tar.add(root, arcname=".", filter=keep)
            archive.seek(0)
            repository, _, tag = reference.rpartition(":")
            client.api.import_image_from_data(archive, repository=repository, tag=tag)
    if not _is_here(client, reference):
        raise NotObtained(f"Docker did not accept the base made from Debian {suite} packages.")


def _debootstrap(suite: str, root: Path) -> None:
    # In namespaces of its own, so that no process or mount outlives a run that is broken off.
    command = [
        *("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"),
        *("debootstrap", "--force-check-gpg", f"--keyring={KEYRING}", "--variant=minbase"),
        *(f"--include={','.join(PACKAGES)}", suite, str(root), MIRROR),
    ]
    # Everything but the proxies stays out of the environment of maintainer scripts.
    proxies = {name: os.environ[name] for name in PROXIES if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - every word of it is ours
            command,
            env={"PATH": SYSTEM_PATH, "LC_ALL": "C", **proxies},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=DEBOOTSTRAP_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        reason = f"debootstrap was not ready after {DEBOOTSTRAP_SECONDS:g} seconds"
    else:
        if done.returncode == 0:
            return
        reason = _complaint(done.stdout)
    raise NotObtained(f"A base from Debian {suite} packages could not be made: {reason}.")


def _complaint(output: str) -> str:
    lines = output.strip().splitlines() or ["debootstrap did not say why"]
    complaints = [line.removeprefix("E: ") for line in lines if line.startswith("E: ")]
    return (complaints or lines)[-1].rstrip(".")


def keep(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """What of a Debian tree goes into the base: no caches, documents, devices, setuid bits."""
    if any(fnmatchcase(member.name, pattern) for pattern in LEFT_OUT):
        return None
    member.mode &= ~0o6000
    member.uname = member.gname = ""
    return member
