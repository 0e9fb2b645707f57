"""The proof of one challenge: its files, then gradings, then mutants; everything found in one go."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graders.errors import BrokenPackage
from graders.package import Package, load
from graders.proof import judgement, mutant_trials
from graders.proof.crew import Crew, Tests
from graders.proof.finding import Finding
from graders.proof.headroom import Headroom, headrooms, too_close
from graders.proof.leaks import leaks
from graders.proof.mutant_trials import MutantReport
from graders.proof.seal import seal_findings
from graders.proof.suite_rules import breaches
from graders.proof.trial import Outcome, Trial
from graders.proof.trials import Depth, not_refused, written_trials
from graders.proofreading import proofread


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of one challenge; it is right when there are no findings."""

    slug: str
    findings: Sequence[Finding]
    version: int | None = None
    seconds: float = 0.0
    gradings: int = 0
    titles: Mapping[str, str] = field(default_factory=dict)
    failed_by: Mapping[str, Sequence[str]] = field(default_factory=dict)
    flaky: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headrooms: Sequence[Headroom] = ()
    mutants: MutantReport | None = None

    @property
    def is_right(self) -> bool:
        """Nothing was found wrong."""
        return not self.findings


def prove(folder: Path, crew: Crew, depth: Depth) -> Proof:
    """Prove the package in a folder; files that cannot be right are not graded.

    Raises `SandboxError` or `ExaminerLost` when no grading is possible, which proves nothing.
    """
    begun = time.monotonic()
    complaints = proofread(folder)
    if complaints:
        return Proof(folder.name, [Finding.of(each) for each in complaints])
    package = load(folder)
    written = list(file_findings(package))
    crew.plan(0)
    try:
        tests = crew.collect(package)
    except BrokenPackage as error:
        shown = Proof(package.slug, [Finding("", str(error))])
    else:
        shown = _graded(package, crew, tests, depth)
    return replace(
        shown,
        findings=[*written, *shown.findings],
        version=package.description.version,
        seconds=round(time.monotonic() - begun, 1),
        gradings=crew.done,
    )


def file_findings(package: Package) -> Iterator[Finding]:
    """What can be told without running anything."""
    hidden = {path.name: path.read_text() for path in sorted(package.hidden.glob("*.py"))}
    for file, source in hidden.items():
        yield from breaches(f"hidden/{file}", source)
    for file, source in package.public.items():
        yield from breaches(f"public/{file}", source)
    yield from leaks(package, hidden)
    yield from mutant_trials.declaration_findings(package)
    yield from seal_findings(package)
    yield from not_refused(package)


def _graded(package: Package, crew: Crew, tests: Tests, depth: Depth) -> Proof:
    trials = written_trials(package, depth)
    wanted = mutant_trials.candidates(package) if depth.mutants else None
    crew.plan(len(trials) + 1 + (len(wanted.mutants) if wanted else 0))
    outcomes = crew.grade(package, tests, trials)
    outcomes += _wrong_in_public(package, crew, tests, outcomes)
    unfailed = judgement.unfailed_tests(tests, outcomes)
    report = None
    if wanted:
        # Where a test waits for somebody to fail it, a mutant has to meet them all.
        report = mutant_trials.try_mutants(crew, package, tests, wanted, stops_early=not unfailed)
        killing = {test for each in report.tried for test in each.killed_by}
        unfailed = [test for test in unfailed if test not in killing]
    room = headrooms(package, outcomes)
    return Proof(
        package.slug,
        [
            *judgement.judge(package, outcomes),
            *judgement.public_findings(outcomes),
            *judgement.unfailed_findings(tests, unfailed),
            *too_close(room),
            *(mutant_trials.mutant_findings(wanted, report) if wanted and report else ()),
        ],
        titles=tests.titles,
        failed_by=judgement.failed_by(outcomes),
        flaky=judgement.flaky(outcomes),
        headrooms=room,
        mutants=report,
    )


def _wrong_in_public(
    package: Package, crew: Crew, tests: Tests, outcomes: Sequence[Outcome]
) -> list[Outcome]:
    """Wrong solutions meet the public tests, those that lose least first, until one passes."""
    wrong = [runs[0] for runs in judgement.by_name(outcomes, "wrong/").values()]
    wrong.sort(key=lambda run: -run.score)
    shown: list[Outcome] = []
    for start in range(0, len(wrong), crew.hands):
        few = wrong[start : start + crew.hands]
        trials = [Trial(run.trial.who, run.trial.files, suite="public") for run in few]
        shown += crew.grade(package, tests, trials)
        if any(each.is_perfect for each in shown):
            break
    return shown
