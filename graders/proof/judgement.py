"""Holds what the gradings showed against what the package promises."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graders.attempt import SuiteName
from graders.expected import Expected
from graders.package import FULL_SCORE, Package
from graders.proof.crew import Tests
from graders.proof.finding import Finding
from graders.proof.trial import Outcome
from graders.proof.trials import STARTER

STARTER_BELOW = 50
FEW = 3
"""A wrong solution that loses more requirements at once says little about any of them."""

LOSING = ("partial", "failed")
TELLING = ("", *LOSING)


def judge(package: Package, outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    """Every promise that the hand-written solutions, strangers and starter did not keep."""
    for who, runs in by_name(outcomes, "").items():
        if who == STARTER:
            yield from _starter(runs[0])
        elif who.startswith("stranger/"):
            yield from _stranger(who, runs[0])
        elif who.startswith("right/"):
            yield from _right(who, runs)
        else:
            name = who.removeprefix("wrong/")
            yield from _wrong(who, package.expected[name], package, runs)
    yield from _requirements(package)


def by_name(
    outcomes: Iterable[Outcome], kind: str, suite: SuiteName = "hidden"
) -> dict[str, list[Outcome]]:
    """The runs of one suite by whose they are, of everybody or of one kind, such as `right/`."""
    found: dict[str, list[Outcome]] = {}
    for each in outcomes:
        if each.trial.suite == suite and each.trial.who.startswith(kind):
            found.setdefault(each.trial.who, []).append(each)
    return found


def public_findings(outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    """The public suite lets every right solution pass, and some wrong one too."""
    for who, runs in by_name(outcomes, "right/", "public").items():
        if not runs[0].is_perfect:
            yield Finding(who, f"expected to pass the public tests, failed: {runs[0].message}")
    wrong = by_name(outcomes, "wrong/", "public")
    if wrong and not any(runs[0].is_perfect for runs in wrong.values()):
        yield Finding(
            "public", "no wrong solution passes all public tests, so they give too much away"
        )


def unfailed_tests(tests: Tests, outcomes: Iterable[Outcome]) -> list[str]:
    """The ids of hidden tests that nobody has failed.

    Who earns nothing by a limit, such as an app that dies of any request, fails all tests alike.
    """
    failed = {test for each in outcomes if each.verdict in TELLING for test in each.failed}
    return [test for test in tests.titles if test not in failed]


def flaky(outcomes: Sequence[Outcome]) -> dict[str, list[str]]:
    """Whoever failed other tests in one run than in another, with the tests in question."""
    found = {}
    for who, runs in by_name(outcomes, "").items():
        always = set.intersection(*(set(run.failed) for run in runs))
        if unsteady := {test for run in runs for test in run.failed} - always:
            found[who] = sorted(unsteady)
    return found


def _starter(run: Outcome) -> Iterator[Finding]:
    if not run.has_run:
        yield Finding(STARTER, f"expected to start, {_told(run)}")
    elif run.score >= STARTER_BELOW:
        yield Finding(STARTER, f"expected to get less than {STARTER_BELOW} points, got {run.score}")


def _stranger(who: str, run: Outcome) -> Iterator[Finding]:
    """Not starting is no proof: then no test has met it."""
    if not run.has_run:
        yield Finding(who, f"expected to start, {_told(run)}")
    elif run.score:
        yield Finding(who, f"knows nothing of this challenge and got {run.score} points")


def _right(who: str, runs: Sequence[Outcome]) -> Iterator[Finding]:
    bad = [run for run in runs if not run.is_perfect or run.score != FULL_SCORE]
    if bad:
        yield Finding(who, f"expected to get everything, {_told(bad[0])}{_how_often(bad, runs)}")


def _wrong(
    who: str, expected: Expected, package: Package, runs: Sequence[Outcome]
) -> Iterator[Finding]:
    if expected.verdict is not None:
        bad = [run for run in runs if run.verdict != expected.verdict or run.score]
        if bad:
            often = _how_often(bad, runs)
            yield Finding(who, f"expected to end as {expected.verdict}, {_told(bad[0])}{often}")
        return
    names = [requirement.name for requirement in package.requirements]
    for name in names:
        bad = [run for run in runs if (name in run.lost) != (name in expected.loses)]
        if bad and name in expected.loses:
            yield Finding(who, f"expected to lose {name}, passed it{_how_often(bad, runs)}")
        elif bad:
            often = _how_often(bad, runs)
            yield Finding(who, f"expected to pass {name}, lost it{often}: {bad[0].message}")
    bad = [run for run in runs if run.verdict not in (*LOSING, "passed")]
    if bad:
        declared = f'expected.toml should then say verdict = "{bad[0].verdict}"'
        yield Finding(who, f"ended as {bad[0].verdict}{_how_often(bad, runs)}; {declared}")


def _requirements(package: Package) -> Iterator[Finding]:
    for requirement in package.requirements:
        losing = [e for e in package.expected.values() if requirement.name in e.loses]
        if not any(len(each.loses) <= FEW for each in losing):
            yield Finding(
                f"requirement {requirement.name}",
                f"no wrong solution loses it alone or with at most {FEW - 1} others",
            )


def unfailed_findings(tests: Tests, unfailed: Iterable[str]) -> Iterator[Finding]:
    """A test that nothing fails proves nothing."""
    for test in unfailed:
        yield Finding(f"hidden/{test}", f'nothing fails "{tests.titles[test]}"')


def failed_by(outcomes: Sequence[Outcome]) -> Mapping[str, list[str]]:
    """Which hidden tests each wrong solution, stranger and starter failed in any of its runs."""
    return {
        who: sorted({test for run in runs for test in run.failed})
        for who, runs in by_name(outcomes, "").items()
        if not who.startswith("right/")
    }


def _told(run: Outcome) -> str:
    message = f": {run.message}" if run.message else ""
    return f"ended as {run.verdict} with {run.score} points{message}"


def _how_often(bad: Sequence[Outcome], runs: Sequence[Outcome]) -> str:
    """Only said where other runs went otherwise."""
    if len(bad) == len(runs):
        return ""
    seeds = ", ".join(str(run.trial.seed) for run in bad)
    word = "seed" if len(bad) == 1 else "seeds"
    return f" (in {len(bad)} of {len(runs)} runs, {word} {seeds})"
