"""What an operator may demand of the engine; what it does not meet is refused, never replaced."""

import docker

from sandbox.errors import EngineRefused
from sandbox.floors import BACKPORTS, RUNC, below, versions_of


def require_runtime(client: docker.DockerClient, runtime: str) -> None:
    """Raise `EngineRefused` unless the engine knows this runtime."""
    known = sorted(client.info().get("Runtimes") or ())
    if runtime not in known:
        raise EngineRefused(
            f"SANDBOX_RUNTIME is {runtime!r}, which this engine does not know. It knows: "
            f"{', '.join(known)}. Register it in the engine's daemon.json, or choose one of these."
        )


def require_patched(client: docker.DockerClient, runtime: str | None) -> None:
    """Raise `EngineRefused` if a version of the engine's parts has a known hole."""
    found = [
        f"{floor.part} {version}: {floor.flaw}, fixed in {' / '.join(floor.fixed)}."
        for floor, version in below(in_use(client, runtime))
    ]
    if found:
        raise EngineRefused(
            f"REQUIRE_PATCHED_ENGINE is on, and this engine has known holes. {' '.join(found)} "
            f"{BACKPORTS} If all of these are mended there, switch REQUIRE_PATCHED_ENGINE off."
        )


def in_use(client: docker.DockerClient, runtime: str | None) -> dict[str, str]:
    """Versions by part of what runs the boxes; another runtime takes runc's place."""
    versions = versions_of(client.version())
    if runtime and not runtime.startswith(("runc", "io.containerd.runc")):
        versions.pop(RUNC, None)
    return versions
