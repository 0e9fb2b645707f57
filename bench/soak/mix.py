"""What is handed in, and what must come of it: solutions of the challenges, and attacks."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graders.package import FULL_SCORE, Package, load_all
from graders.submission import checked, read_path
from portal.settings import CHECKOUT
from tests.attacks.harness.canaries import Canaries
from tests.attacks.harness.exam import write_exam
from tests.attacks.harness.sample import SAMPLES, Sample, load, names

EXAM = "four-small-endpoints"
LONGEST_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Case:
    """One submission with its verdict; `statuses` are those that a requirement may have."""

    slug: str
    name: str
    files: Mapping[str, str]
    verdict: str
    score: int
    statuses: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lost: frozenset[str] | None = None


def write_challenges(folder: Path) -> dict[str, Package]:
    """A shelf for the platform: the challenges of this checkout, and the exam of the attacks."""
    shutil.copytree(
        CHECKOUT / "challenges", folder, ignore=shutil.ignore_patterns("__pycache__", ".*")
    )
    write_exam(folder / EXAM, Canaries())
    return load_all(folder)


def mixed(packages: Mapping[str, Package], size: int) -> list[Case]:
    """So many, always the same: every third is an attack, the others are right and wrong in turn."""
    attacks = _attacks(packages[EXAM], size // 3)
    own = [package for slug, package in packages.items() if slug != EXAM]
    right = itertools.cycle(_in_turn([list(_right(package)) for package in own]))
    wrong = itertools.cycle(_in_turn([list(_wrong(package)) for package in own]))
    solutions = itertools.chain.from_iterable(zip(right, wrong, strict=False))
    return [attacks[number // 3] if number % 3 == 2 else next(solutions) for number in range(size)]


def _in_turn(kinds: list[list[Case]]) -> list[Case]:
    """One of each challenge after the other, until all have been."""
    rounds = itertools.zip_longest(*kinds)
    return [case for each in rounds for case in each if case is not None]


def _right(package: Package) -> Iterator[Case]:
    for folder in _solutions(package, "right"):
        yield Case(
            *(package.slug, f"right/{folder.name}", _files(package, folder)),
            *("passed", FULL_SCORE),
            lost=frozenset(),
        )


def _wrong(package: Package) -> Iterator[Case]:
    text = (package.folder / "solutions" / "wrong" / "expected.toml").read_text()
    expected = tomllib.loads(text)
    for folder in _solutions(package, "wrong"):
        declared, files = expected[folder.name], _files(package, folder)
        name = f"wrong/{folder.name}"
        if "verdict" in declared:
            yield Case(package.slug, name, files, declared["verdict"], 0)
            continue
        lost = frozenset(declared["loses"])
        score = sum(r.points for r in package.requirements if r.name not in lost)
        verdict = "partial" if score else "failed"
        yield Case(package.slug, name, files, verdict, score, lost=lost)


def _attacks(exam: Package, size: int) -> list[Case]:
    """One of each verdict, then samples from all over the list; from the start if they run out."""
    usable = [sample for sample in map(load, (SAMPLES / name for name in names())) if _fits(sample)]
    by_verdict = {sample.expect.verdict[0]: sample for sample in reversed(usable)}
    chosen = list(by_verdict.values())[:size]
    others = [sample for sample in usable if sample not in chosen]
    missing = size - len(chosen)
    if 0 < missing < len(others):
        others = [others[number * len(others) // missing] for number in range(missing)]
    ordered = sorted([*chosen, *others[:missing]], key=lambda sample: sample.name)
    cases = [_attack(exam, sample) for sample in ordered]
    return list(itertools.islice(itertools.cycle(cases), size))


def _fits(sample: Sample) -> bool:
    """Its end is sure and comes soon: the exam ends a check after a second; who lasts, says so."""
    expect = sample.expect
    is_sure = len(expect.verdict) == 1 and expect.verdict[0] != "rejected"
    return is_sure and (expect.within_seconds or 0) <= LONGEST_SECONDS


def _attack(exam: Package, sample: Sample) -> Case:
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as scratch:
        files = _files(exam, sample.hand_in(Path(scratch)))
    expect = sample.expect
    statuses = {str(name): allowed for name, allowed in expect.requirements.items()}
    return Case(exam.slug, sample.name, files, expect.verdict[0], expect.score, statuses)


def _files(package: Package, folder: Path) -> dict[str, str]:
    entry = package.description.entry
    return checked(read_path(folder, entry), entry)


def _solutions(package: Package, kind: str) -> list[Path]:
    return sorted(path for path in (package.folder / "solutions" / kind).iterdir() if path.is_dir())
