"""Which gradings prove a package: its starter, strangers, right and wrong solutions."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graders.errors import RefusedSubmission
from graders.package import Package
from graders.proof.finding import Finding
from graders.proof.strangers import strangers
from graders.proof.trial import Trial
from graders.submission import checked, read_path

STARTER = "starter"
REFUSED = "rejected"


@dataclass(frozen=True, slots=True)
class Depth:
    """How much is proved: so many runs of each right solution, one less of each wrong one."""

    runs: int = 3
    mutants: bool = True

    @property
    def wrong_runs(self) -> int:
        """A wrong solution has to lose the same with other inputs, but is seldom flaky."""
        return max(1, self.runs - 1)


def written_trials(package: Package, depth: Depth) -> list[Trial]:
    """Everything but mutants, the slow ones (all of the right) first.

    The right ones run in another order each time; of the wrong ones the first run is in the
    order in which candidates are examined.
    """
    seeds = range(1, depth.runs + 1)
    wrong_seeds = range(1, depth.wrong_runs + 1)
    right = {f"right/{path.name}": solution(package, path) for path in package.right}
    wrong = {f"wrong/{path.name}": solution(package, path) for path in _examined(package)}
    entry = package.description.entry
    others = {f"stranger/{name}": files for name, files in strangers(entry).items()}
    others[STARTER] = checked(package.starter, entry)
    return [
        *(Trial(who, files, seed, shuffle=True) for who, files in right.items() for seed in seeds),
        *(Trial(who, files, suite="public") for who, files in right.items()),
        *(Trial(who, files) for who, files in others.items()),
        *(
            Trial(who, files, seed, shuffle=seed > 1)
            for who, files in wrong.items()
            for seed in wrong_seeds
        ),
    ]


def solution(package: Package, folder: Path) -> Mapping[str, str]:
    """The files of a solution, as they would be handed in. Raises `RefusedSubmission`."""
    entry = package.description.entry
    return checked(read_path(folder, entry), entry)


def not_refused(package: Package) -> Iterator[Finding]:
    """Wrong solutions that were to be refused, and could be handed in."""
    for path in package.wrong:
        if package.expected[path.name].verdict == REFUSED:
            with suppress(RefusedSubmission):
                solution(package, path)
                yield Finding(f"wrong/{path.name}", "expected to be refused, it was accepted")


def _examined(package: Package) -> list[Path]:
    """The wrong solutions of which something is run."""
    return [path for path in package.wrong if package.expected[path.name].verdict != REFUSED]
