"""The small exam that every sample sits: written anew for each run, with its own canaries."""

from __future__ import annotations

from pathlib import Path

from graders.package import Package, load
from tests.attacks.harness.canaries import Canaries

SOURCE = Path(__file__).parent.parent / "exam"
RIGHT = SOURCE / "right" / "main.py"
TESTS = {"sum": 2, "word": 1, "notes": 2, "clock": 1}
"""How many checks each requirement has."""

GRACE_SECONDS = 10.0
"""Eight samples and a neighbour share the processors."""

PAUSE = "\n\nimport time\n\ntime.sleep(0.4)\n"
"""At every start: being there longer costs a neighbour nothing."""


def write_exam(folder: Path, canaries: Canaries) -> Package:
    """The exam as a package in `folder`, whose name is its slug."""
    for path in SOURCE.rglob("*"):
        place = path.relative_to(SOURCE)
        if path.suffix in (".py", ".toml", ".md"):
            copy = folder / ("solutions" / place if place.parts[0] == "right" else place)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(canaries.written_into(path.read_text(), canaries.reference))
    return load(folder)


def neighbours_solution(canaries: Canaries) -> dict[str, str]:
    """What another candidate hands in at the same time: all right, and it takes its time."""
    return {"main.py": canaries.written_into(RIGHT.read_text() + PAUSE, canaries.other_code)}


def longest_seconds(package: Package) -> float:
    """From handing over to the verdict when every start and every check takes all it may."""
    limits = package.limits
    tests = sum(TESTS.values())
    return tests * (limits.start_seconds + limits.test_seconds) + GRACE_SECONDS
