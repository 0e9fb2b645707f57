"""The naive judge's image: the box image, pytest at the version of the lock, and the suite."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import docker
from docker.errors import DockerException, ImageNotFound
from packaging.markers import Marker

from bench.errors import BenchError
from bench.exercise import Exercise
from portal.settings import CHECKOUT
from sandbox.choice import say_aloud
from sandbox.images import ensure_image

REPOSITORY = "assay-bench-judge"
SUITE = "/opt/judge/suite"
DOCKERFILE = f"""\
FROM {{base}}
USER 0
COPY site-packages /opt/judge/site-packages
COPY suite {SUITE}
RUN ["python", "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash", \
"/opt/judge/site-packages"]
ENV PYTHONPATH=/opt/assay/site-packages:/opt/judge/site-packages
USER 10001:10001
WORKDIR /work
ENTRYPOINT []
"""


def ensure(task: Exercise) -> str:
    """The image's name; built now if what goes into it was never built before."""
    try:
        client = docker.from_env()
        base = ensure_image(client, task.package.description.runtime, say=say_aloud)
        with tempfile.TemporaryDirectory(prefix="assay-bench-") as name:
            folder = Path(name)
            _write_context(folder, task, base.reference)
            reference = f"{REPOSITORY}:{_digest(folder)[:16]}"
            try:
                client.images.get(reference)
            except ImageNotFound:
                say_aloud(f"Building {reference}.")
                _install_pytest(folder)
                client.images.build(path=name, tag=reference, network_mode="none", rm=True)
    except DockerException as error:
        raise BenchError(f"The image with pytest could not be built: {error}") from error
    return reference


def _write_context(folder: Path, task: Exercise, base: str) -> None:
    suite = folder / "suite"
    suite.mkdir()
    task.write_suite(suite)
    (folder / "Dockerfile").write_text(DOCKERFILE.format(base=base))
    (folder / "requirements.txt").write_text(requirements("pytest"))


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def requirements(root: str) -> str:
    """A package of the lock and all that it needs here, with versions and digests."""
    lock = tomllib.loads((CHECKOUT / "uv.lock").read_text())
    locked: dict[str, dict[str, Any]] = {each["name"]: each for each in lock["package"]}
    wanted, lines = [root], []
    for name in wanted:
        package = locked[name]
        digests = " ".join(f"--hash={wheel['hash']}" for wheel in package["wheels"])
        lines.append(f"{name}=={package['version']} {digests}")
        for needed in package.get("dependencies", ()):
            applies = "marker" not in needed or Marker(needed["marker"]).evaluate()
            if applies and needed["name"] not in wanted:
                wanted.append(needed["name"])
    return "\n".join(sorted(lines)) + "\n"


def _install_pytest(folder: Path) -> None:
    # pytest and what it needs are pure Python: the wheels fit whatever Python the box has.
    done = subprocess.run(  # noqa: S603  (every word of it is ours)
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--no-compile"),
            *("--disable-pip-version-check", "--root-user-action=ignore", "--no-deps"),
            *("--require-hashes", "--only-binary=:all:", "--target", str(folder / "site-packages")),
            *("--requirement", str(folder / "requirements.txt")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"pip could not install pytest for the image:\n{done.stderr.strip()}")
