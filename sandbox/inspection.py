"""What this machine offers for keeping untrusted code apart, in plain words."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sandbox.backends.docker import connect
from sandbox.confine import ARCHITECTURES, landlock_version
from sandbox.errors import BoxUnavailable
from sandbox.images import REQUIREMENTS as RUNTIMES
from sandbox.images import find_image


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `advice` says what to do when it is not `ok`."""

    name: str
    status: Literal["ok", "warning", "missing"]
    detail: str
    advice: str = ""


def findings() -> Iterator[Finding]:
    """Engine, images and the locks of the examiner."""
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
    else:
        version = client.version()
        parts = {c["Name"]: c["Version"] for c in version.get("Components", [])}
        told = ", ".join(
            f"{name} {parts[name]}" for name in ("containerd", "runc") if name in parts
        )
        yield Finding("Docker engine", "ok", f"{version['Version']} ({told})")
        for runtime in RUNTIMES:
            image = find_image(client, runtime)
            yield _image(runtime, image.reference if image else None)
        client.close()
    yield Finding("Kernel", "ok", f"{platform.release()} on {platform.machine()}")
    yield _locks()


def _image(runtime: str, reference: str | None) -> Finding:
    name = f"Box image for {runtime}"
    if reference:
        return Finding(name, "ok", reference)
    return Finding(name, "warning", "not built yet", "The worker builds it at its first start.")


def _locks() -> Finding:
    version = landlock_version()
    filtered = platform.machine() in ARCHITECTURES
    detail = f"Landlock {version or 'not offered'}, system calls {'filtered' if filtered else 'not filtered'}"
    if version and filtered:
        return Finding("Examiner's locks", "ok", detail)
    return Finding(
        "Examiner's locks",
        "warning",
        detail,
        "The examiner runs with fewer locks. Use a kernel with Landlock (5.13 or newer).",
    )
