"""Grades solutions of challenges with real boxes and keeps the results for `assay demo`.

`.venv/bin/python scripts/record_demo.py [SLUG ...]`; without a name, whatever has changed.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import Any

from graders.attempt import SuiteName
from graders.examiner import Examiner
from graders.grade import Grader
from graders.package import Package, load_all
from portal.demo import recorded
from portal.demo.recorded import SLIP, STARTER, Recording, Shelf
from portal.settings import CHECKOUT
from portal.submissions.evidence import CHECKS
from sandbox.choice import choose

MISTAKES = 4
SEED = 20_260_101


def main() -> int:
    """Record and say what each earned; returns the exit code."""
    packages = load_all(CHECKOUT / "challenges")
    stale = [p for p in packages.values() if recorded.read(p) is None]
    chosen = [packages[slug] for slug in sys.argv[1:]] or stale
    examiner = Examiner()
    try:
        grader = Grader(choose("docker"), examiner)
        for package in chosen:
            plan = _plan(package)
            digest = recorded.digest(package, (solution for solution, _suite in plan))
            shelf = Shelf(digest, [_grade(grader, package, *each) for each in plan])
            recorded.write(package.slug, shelf)
            earned = [f"{r.solution} {r.suite} {r.score}" for r in shelf.recordings]
            print(f"{package.slug}: {', '.join(earned)}", flush=True)
    finally:
        examiner.close()
    return 0


def _plan(package: Package) -> list[tuple[str, SuiteName]]:
    """What people hand in on their way: the starter, slips, mistakes of all sizes, and the end."""
    possible = recorded.solutions(package)
    slip = [SLIP] if SLIP in possible else []
    right = [f"right/{folder.name}" for folder in package.right[:2]]
    wrong = _spread(package)
    graded: list[str] = [STARTER, *slip, *wrong, *right]
    tried: list[str] = [STARTER, *slip, wrong[0], right[0]]
    return [*((name, "hidden") for name in graded), *((name, "public") for name in tried)]


def _spread(package: Package) -> list[str]:
    """Some mistakes: from the one that costs most to the one that costs least."""
    points = {requirement.name: requirement.points for requirement in package.requirements}
    cost = {
        name: sum(points[lost] for lost in expected.loses)
        for name, expected in package.expected.items()
    }
    ranked = sorted(cost, key=lambda name: (-cost[name], name))
    step = max(1, len(ranked) // MISTAKES)
    return [f"wrong/{name}" for name in ranked[::step][:MISTAKES]]


def _grade(grader: Grader, package: Package, solution: str, suite: SuiteName) -> Recording:
    files = recorded.files_of(package, solution)
    result = grader.grade(package, files, seed=SEED, suite=suite)
    if suite == "hidden" and solution.startswith("right/") and result.score < result.max_score:
        why = [row.message for row in result.requirements if row.message]
        raise SystemExit(f"{package.slug}/{solution} is right and earned {result.score}: {why}")
    kept: dict[str, Any] = asdict(replace(result, evidence=()))
    del kept["evidence"]
    kept["verdict"] = result.verdict.value
    # Of hidden checks it is for staff alone, and would be most of what is kept.
    seen = CHECKS.dump_python(result.evidence, mode="json") if suite == "public" else []
    return Recording(solution, suite, SEED, kept, seen)


if __name__ == "__main__":
    sys.exit(main())
