"""Runs the mutants of the reference against the hidden suite and counts who is noticed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graders.mutants import equivalent
from graders.mutants.equivalent import FILE, Equivalent
from graders.mutants.mutation import Mutant, mutants_of, spread
from graders.package import Package
from graders.package_files import PackageFiles
from graders.proof.crew import Crew, Tests
from graders.proof.finding import Finding
from graders.proof.trial import Outcome, Trial
from graders.proof.trials import solution

LEAST_KILLED = 0.9
KILLED, SURVIVED, EQUIVALENT = "killed", "survived", "equivalent"
DID_NOT_START = "did not start"


@dataclass(frozen=True, slots=True)
class Tried:
    """One mutant with what became of it; `killed_by` are tests that noticed."""

    mutant: Mutant
    status: str
    killed_by: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """The reference with its chosen mutants, and what its author says of some."""

    reference: str
    files: Mapping[str, str]
    mutants: Sequence[Mutant]
    equivalents: Sequence[Equivalent]


@dataclass(frozen=True, slots=True)
class MutantReport:
    """What became of all of them; mutants that did not start say nothing about the suite."""

    reference: str
    tried: Sequence[Tried] = field(default_factory=tuple)

    def count(self, status: str) -> int:
        """How many ended so."""
        return sum(each.status == status for each in self.tried)

    @property
    def rate(self) -> float:
        """The share of those that could be noticed and were."""
        counted = self.count(KILLED) + self.count(SURVIVED)
        return self.count(KILLED) / counted if counted else 1.0

    @property
    def survivors(self) -> list[Mutant]:
        """Those that nobody noticed and nobody declared."""
        return [each.mutant for each in self.tried if each.status == SURVIVED]


def candidates(package: Package) -> Candidates:
    """Mutants of the first right solution: an even choice, and all that are declared equivalent.

    Where tests are what is handed in, they stay as they are: the variants are their mutants.
    """
    folder = package.right[0]
    files = solution(package, folder)
    found = mutants_of({n: text for n, text in files.items() if not n.startswith("test_")})
    equivalents = equivalent.read(PackageFiles(package.folder))
    chosen = set(spread(found))
    named = {m for m in found if any(each.means(m) for each in equivalents)}
    mutants = [mutant for mutant in found if mutant in chosen | named]
    return Candidates(f"right/{folder.name}", files, mutants, equivalents)


def try_mutants(
    crew: Crew, package: Package, tests: Tests, wanted: Candidates, *, stops_early: bool
) -> MutantReport:
    """Grade every mutant once, in the order of the files; a failed check may be enough."""
    trials = [
        Trial(
            f"mutant of {wanted.reference}",
            {**wanted.files, mutant.file: mutant.source},
            stops_early=stops_early,
        )
        for mutant in wanted.mutants
    ]
    outcomes = crew.grade(package, tests, trials)
    tried = [
        _tried(mutant, shown, wanted.equivalents)
        for mutant, shown in zip(wanted.mutants, outcomes, strict=True)
    ]
    return MutantReport(wanted.reference, tried)


def mutant_findings(wanted: Candidates, report: MutantReport) -> Iterator[Finding]:
    """Too many survivors, and declarations that are not true, or no longer."""
    if report.rate < LEAST_KILLED:
        yield Finding(
            report.reference,
            f"{len(report.survivors)} mutants survive: {report.rate:.0%} are noticed, "
            f"{LEAST_KILLED:.0%} should be. Their changes are below",
        )
    for number, each in enumerate(wanted.equivalents, start=1):
        ends = {tried.status for tried in report.tried if each.means(tried.mutant)}
        if not ends:
            yield Finding(FILE, f"mutant {number} ({each.at}) is stale: there is none like it")
        elif EQUIVALENT not in ends:
            yield Finding(FILE, f"mutant {number} ({each.at}) is stale: it is noticed")


def declaration_findings(package: Package) -> Iterator[Finding]:
    """What is wrong with the form of the declarations."""
    files = PackageFiles(package.folder)
    equivalent.read(files)
    yield from map(Finding.of, files.complaints)


def _tried(mutant: Mutant, shown: Outcome, equivalents: Sequence[Equivalent]) -> Tried:
    if shown.failed:
        return Tried(mutant, KILLED, shown.failed)
    if not shown.has_run:
        return Tried(mutant, DID_NOT_START)
    is_declared = any(each.means(mutant) for each in equivalents)
    return Tried(mutant, EQUIVALENT if is_declared else SURVIVED)
