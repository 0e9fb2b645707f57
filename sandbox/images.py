"""Box images: each is built once for what goes into it, and its name is a digest of that."""

import fcntl
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import docker
import requests
from docker.errors import APIError, DockerException

from sandbox.base_image import Base, find_base, known_bases
from sandbox.errors import ImageUnavailable

BOX_FOLDER = Path(__file__).parent / "box"
IMAGES = {"fastapi": "requirements.txt"}
REPOSITORY_PREFIX = "assay-box-"
SHOWN_LINES = 6

# glibc versions whose wheels run on every base we know: Debian 12 has 2.36.
MANYLINUX = ("manylinux_2_34", "manylinux_2_28", "manylinux_2_17", "manylinux2014")
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
SHOW_VERSION = "import sys; print('%d.%d' % sys.version_info[:2])"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """A box image that is here, ready for use."""

    reference: str
    image_id: str
    digest: str
    base: str


def ensure_image(client: docker.DockerClient, runtime: str = "fastapi", *, say: Say) -> ImageFacts:
    """The box image of a runtime, built now if what goes into it was never built before."""
    if runtime not in IMAGES:
        known = ", ".join(sorted(IMAGES))
        raise ImageUnavailable(f"There is no box image called {runtime!r}. Known: {known}.")
    try:
        found = find_image(client, runtime)
        if not found:
            with _one_at_a_time(say):
                found = find_image(client, runtime) or _build(client, runtime, say)
    except (DockerException, requests.RequestException) as error:
        raise ImageUnavailable(
            f"Docker failed while the box image was being made ready: {error}. "
            "Look at `docker info`, then try again."
        ) from error
    return found


def prune_images(
    client: docker.DockerClient, keep: Collection[str], older_than_seconds: float = 0
) -> list[str]:
    """Remove our box images except the references in `keep` and those new or still in use.

    Another checkout on this machine has images of its own: a bound on age leaves them alone.
    """
    removed = []
    for image in client.api.images(name=f"{REPOSITORY_PREFIX}*"):
        if time.time() - image["Created"] < older_than_seconds:
            continue
        for reference in set(image["RepoTags"] or ()) - set(keep):
            try:
                client.images.remove(reference)
            except APIError as error:
                # Another process was faster, or a container still needs it.
                if error.status_code not in (404, 409):
                    raise
            else:
                removed.append(reference)
    return removed


def read_inputs() -> dict[str, bytes]:
    """Every file that a box image is made of, by its path in the box folder."""
    files = (path for path in sorted(BOX_FOLDER.rglob("*")) if path.is_file())
    return {
        path.relative_to(BOX_FOLDER).as_posix(): path.read_bytes()
        for path in files
        if "__pycache__" not in path.parts
    }


def input_digest(runtime: str, base: Base, inputs: dict[str, bytes]) -> str:
    """A digest of all that decides what is in the image of this runtime on this base."""
    digest = hashlib.sha256()
    for word in (runtime, base.reference):
        digest.update(word.encode() + b"\0")
    for name, content in inputs.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _reference(runtime: str, digest: str) -> str:
    return f"{REPOSITORY_PREFIX}{runtime}:{digest[:16]}"


def find_image(client: docker.DockerClient, runtime: str) -> ImageFacts | None:
    listed = client.api.images(name=f"{REPOSITORY_PREFIX}{runtime}")
    ids = {tag: image["Id"] for image in listed for tag in image["RepoTags"] or ()}
    inputs = read_inputs()
    for base in known_bases():
        digest = input_digest(runtime, base, inputs)
        reference = _reference(runtime, digest)
        if reference in ids:
            return ImageFacts(reference, ids[reference], digest, base.description)
    return None


@contextmanager
def _one_at_a_time(say: Say) -> Iterator[None]:
    with _lock_file() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another process is building the box image: waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lock_file() -> IO[bytes]:
    try:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "assay")
        cache.mkdir(parents=True, exist_ok=True)
        return (cache / "image.lock").open("wb")
    except (OSError, RuntimeError):
        # No home to write to. The user's id in the name keeps people out of each other's way.
        path = Path(tempfile.gettempdir(), f"assay-image-{os.getuid()}.lock")
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        return os.fdopen(os.open(path, flags, 0o600), "wb")


def _build(client: docker.DockerClient, runtime: str, say: Say) -> ImageFacts:
    base = find_base(client, say)
    # Read once: a file that changes from here on must not get into an image of another name.
    inputs = read_inputs()
    digest = input_digest(runtime, base, inputs)
    reference = _reference(runtime, digest)
    say(f"Building {reference}.")
    with tempfile.TemporaryDirectory(prefix="assay-image-") as name:
        folder = Path(name)
        (folder / "requirements.txt").write_bytes(inputs[IMAGES[runtime]])
        _install_packages(folder, _wheel_tags(client, base))
        with tempfile.TemporaryFile(dir=folder) as context:
            _write_context(context, folder / "site-packages", inputs)
            labels = {"org.assay.runtime": runtime, "org.assay.digest": digest}
            _run_build(client, context, reference, base, labels)
    image = client.images.get(reference)
    say(f"Built {reference}: {image.attrs['Size'] / 1e6:.0f} MB.")
    return ImageFacts(reference, str(image.id), digest, base.description)


def _install_packages(folder: Path, wheel_tags: list[str]) -> None:
    target = folder / "site-packages"
    # The host's pip, so that its index, proxy and CA bundle hold. Bytecode is made in the image.
    done = subprocess.run(  # noqa: S603 - every word of it is ours
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--no-compile"),
            *("--disable-pip-version-check", "--root-user-action=ignore", "--no-deps"),
            *("--require-hashes", "--only-binary=:all:", *wheel_tags),
            *("--target", str(target), "--requirement", str(folder / "requirements.txt")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = "\n".join(done.stderr.strip().splitlines()[-SHOWN_LINES:])
        raise ImageUnavailable(
            f"pip could not install what the box image needs:\n{said}\n"
            "Check that pip reaches its index (`pip config list`), then try again."
        )
    # Scripts name the host's Python in their first line: useless and nobody's business in a box.
    shutil.rmtree(target / "bin", ignore_errors=True)


def _wheel_tags(client: docker.DockerClient, base: Base) -> list[str]:
    machine = MACHINES[client.images.get(base.reference).attrs["Architecture"]]
    said = client.containers.run(
        base.reference, ["python3", "-c", SHOW_VERSION], network_mode="none", remove=True
    )
    version = bytes(said).decode().strip()
    if not re.fullmatch(r"3\.\d+", version):
        raise ImageUnavailable(f"{base.reference} does not say which Python it has: {version!r}.")
    platforms = [f"--platform={name}_{machine}" for name in MANYLINUX]
    return ["--implementation=cp", f"--python-version={version}", *platforms]


def _write_context(context: IO[bytes], packages: Path, inputs: dict[str, bytes]) -> None:
    with tarfile.open(fileobj=context, mode="w") as tar:
        tar.add(packages, "site-packages", filter=_anonymous)
        for name, content in inputs.items():
            member = tarfile.TarInfo(f"box/{name}" if name.endswith(".py") else name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    context.seek(0)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o755 if member.isdir() else 0o644
    return member


def _run_build(
    client: docker.DockerClient,
    context: IO[bytes],
    reference: str,
    base: Base,
    labels: dict[str, Any],
) -> None:
    said: list[str] = []
    for event in client.api.build(
        fileobj=context,
        custom_context=True,
        tag=reference,
        buildargs={"BASE": base.reference},
        labels=labels,
        network_mode="none",
        use_config_proxy=False,
        rm=True,
        forcerm=True,
        decode=True,
    ):
        said.append(event.get("stream") or event.get("error") or "")
        if "error" in event:
            shown = "".join(said).strip().splitlines()[-SHOWN_LINES:]
            raise ImageUnavailable("The box image could not be built:\n" + "\n".join(shown))
    # The first stage has done its work; only its name-less image is left.
    client.images.prune(filters={"dangling": True, "label": "org.assay.stage=made"})
