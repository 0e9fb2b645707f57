"""How near the slowest right solution comes to each limit; it may use half of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low

from graders.package import Package
from graders.proof.finding import Finding
from graders.proof.judgement import by_name
from graders.proof.trial import Outcome

SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Headroom:
    """One limit, and the most that a right solution used of it."""

    limit_name: str
    limit: float
    used: float
    who: str

    @property
    def is_enough(self) -> bool:
        """A slower machine, or a right solution that is a little slower, would still pass."""
        return self.used <= self.limit * SHARE


def headrooms(package: Package, outcomes: Sequence[Outcome]) -> list[Headroom]:
    """One for each limit that was measured. Of a solution's runs the middle one counts:
    a machine that was busy for a moment is no fault of a challenge."""
    limits = package.limits
    runs = by_name(outcomes, "right/")
    measured = {
        "start_seconds": (limits.start_seconds, {w: _starts(r) for w, r in runs.items()}),
        "test_seconds": (limits.test_seconds, {w: _checks(r) for w, r in runs.items()}),
        "memory_mb": (float(limits.memory_mb), {w: _memory(r) for w, r in runs.items()}),
    }
    found = []
    for name, (limit, used) in measured.items():
        middle = {who: median_low(values) for who, values in used.items() if values}
        if middle:
            slowest = max(middle, key=lambda who: middle[who])
            found.append(Headroom(name, limit, round(middle[slowest], 3), slowest))
    return found


def too_close(found: Sequence[Headroom]) -> Iterator[Finding]:
    """Every limit that a right solution comes too close to."""
    for each in found:
        if not each.is_enough:
            yield Finding(
                each.who,
                f"used {each.used:g} of {each.limit_name} = {each.limit:g}, more than half of it: "
                "raise the limit, or ask for less",
            )


def _starts(runs: Sequence[Outcome]) -> list[float]:
    return [run.start_seconds for run in runs if run.start_seconds is not None]


def _checks(runs: Sequence[Outcome]) -> list[float]:
    return [run.check_seconds for run in runs if run.has_run]


def _memory(runs: Sequence[Outcome]) -> list[float]:
    return [run.memory_mb for run in runs if run.memory_mb is not None]
