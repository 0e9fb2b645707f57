"""The fairness card: what a verdict rests on, so that anybody can check or repeat it."""

from dataclasses import asdict

from graders.package import Package
from sandbox.box import Box
from sandbox.usage import Usage

SHOWN_LIMITS = (
    "start_seconds",
    "test_seconds",
    "suite_seconds",
    "cpu_seconds",
    "memory_mb",
    "processes",
    "output_kb",
)


def card(
    package: Package, seed: int, box: Box | None = None, used: Usage | None = None
) -> dict[str, object]:
    """Digests, versions, seed, limits granted and used; without a box nothing was run."""
    limits = package.limits.as_dict()
    facts: dict[str, object] = {
        "challenge_version": package.description.version,
        "challenge_digest": package.digest,
        "seed": seed,
        "limits": {name: limits[name] for name in SHOWN_LIMITS},
    }
    if box is None or used is None:
        return facts
    return facts | asdict(box.facts) | {"used": asdict(used)}
