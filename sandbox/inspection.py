"""What this machine offers for keeping untrusted code apart, in plain words."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import docker

from sandbox.backends import demands
from sandbox.backends.docker import DockerSandbox, connect
from sandbox.confine import ARCHITECTURES, landlock_version
from sandbox.errors import BoxUnavailable, EngineRefused, SandboxError, WallBroken
from sandbox.floors import BACKPORTS, KERNEL, below
from sandbox.images import IMAGES, find_image
from sandbox.probe import selftest

Status = Literal["ok", "warning", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `advice` says what to do when it is not `ok`."""

    name: str
    status: Status
    detail: str
    advice: str = ""


def findings(runtime: str | None = None, *, patched: bool = False) -> Iterator[Finding]:
    """Engine, its versions, images, the wall and the locks of the examiner.

    A `runtime` that is demanded must be there; known holes are missing parts if a `patched`
    engine is demanded, else warnings.
    """
    try:
        client = connect()
    except BoxUnavailable as error:
        yield Finding(
            "Docker engine",
            "missing",
            str(error),
            "Install it (Debian and Ubuntu: apt-get install docker.io) and start it. Without it "
            "only your own code can be graded, as plain processes of this machine.",
        )
        yield Finding("Kernel", "ok", f"{platform.release()} on {platform.machine()}")
    else:
        try:
            yield from _engine(client, runtime, "missing" if patched else "warning")
        finally:
            client.close()
    yield _locks()


def _engine(
    client: docker.DockerClient, runtime: str | None, if_holed: Status
) -> Iterator[Finding]:
    versions = demands.in_use(client, runtime)
    kernel = versions.pop(KERNEL)
    told = ", ".join(
        f"{name} {versions[name]}" for name in ("containerd", "runc") if name in versions
    )
    yield Finding("Docker engine", "ok", f"{versions.get('Engine', 'unknown')} ({told})")
    yield Finding("Kernel", "ok", f"{kernel} on {platform.machine()}")
    yield from _holes(versions | {KERNEL: kernel}, if_holed)
    known = _runtime(client, runtime)
    if runtime:
        yield known
    for name in IMAGES:
        image = find_image(client, name)
        yield _image(name, image.reference if image else None)
        if image and known.status == "ok":
            yield _wall(name, runtime)


def _holes(versions: dict[str, str], status: Status) -> Iterator[Finding]:
    """One finding for each part; Docker's own numbers say little about a distribution's."""
    holes = list(below(versions))
    for part in dict.fromkeys(floor.part for floor, _version in holes):
        told = [
            f"{f.flaw} ({f.what}; fixed in {', '.join(f.fixed)})"
            for f, _ in holes
            if f.part == part
        ]
        yield Finding(f"Known holes of {part} {versions[part]}", status, ", ".join(told), BACKPORTS)
    if not holes:
        yield Finding("Known holes", "ok", "none in engine, containerd, runc and kernel")


def _runtime(client: docker.DockerClient, runtime: str | None) -> Finding:
    name = "Sandbox runtime"
    try:
        if runtime:
            demands.require_runtime(client, runtime)
    except EngineRefused as error:
        return Finding(name, "missing", str(error), "Nothing is graded until then.")
    return Finding(name, "ok", runtime or "the engine's own")


def _image(runtime: str, reference: str | None) -> Finding:
    name = f"Box image for {runtime}"
    if reference:
        return Finding(name, "ok", reference)
    return Finding(name, "warning", "not built yet", "The worker builds it at its first start.")


def _wall(image: str, runtime: str | None) -> Finding:
    """One real box, looked at from inside."""
    name = f"Self-test of a {image} box"
    try:
        sandbox = DockerSandbox(_say_nothing, runtime)
        try:
            selftest.prove(sandbox, image, runtime)
        finally:
            sandbox.close()
    except WallBroken as error:
        advice = (
            "Look for what the engine's daemon.json, a proxy before it or an old version changes; "
            "docs/sandbox.md lists what must hold."
        )
        return Finding(name, "missing", " ".join(error.gaps), advice)
    except SandboxError as error:
        return Finding(name, "missing", str(error), "No box can be made until this is mended.")
    return Finding(name, "ok", "what an app finds inside is what it may find")


def _say_nothing(_line: str) -> None:
    """The image is there: nothing is built that anybody would wait for."""


def _locks() -> Finding:
    version = landlock_version()
    filtered = platform.machine() in ARCHITECTURES
    calls = "filtered" if filtered else "not filtered"
    detail = f"Landlock {version or 'not offered'}, system calls {calls}"
    if version and filtered:
        return Finding("Examiner's locks", "ok", detail)
    return Finding(
        "Examiner's locks",
        "warning",
        detail,
        "The examiner runs with fewer locks. Use a kernel with Landlock (5.13 or newer).",
    )
