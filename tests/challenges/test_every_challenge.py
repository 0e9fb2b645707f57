"""Every challenge in the project is sealed as it is; right solutions are right and wrong ones wrong.

`assay challenge check --all` proves all of it: every solution, three runs of each, mutants.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from graders.examiner import Examiner
from graders.package import Package, folders, load
from graders.proof.crew import Crew
from graders.proof.judgement import judge
from graders.proof.prove import file_findings
from graders.proof.trial import Trial
from graders.proof.trials import Depth, written_trials
from portal.settings import CHECKOUT
from sandbox.backends.docker import DockerSandbox

FOLDERS = {folder.name: folder for folder in folders(CHECKOUT / "challenges")}
WRONG_ONES = 2


@pytest.fixture(scope="module")
def crew(docker_sandbox: DockerSandbox, examiner: Examiner) -> Iterator[Crew]:
    with Crew(docker_sandbox, examiner, hands=min(os.cpu_count() or 1, 4)) as crew:
        yield crew


def trials_of(package: Package) -> list[Trial]:
    """One run of those who know nothing, of one right solution and of a few wrong ones.

    Which ones is decided by the content, so that another change looks at others.
    """
    hidden = [t for t in written_trials(package, Depth(runs=1)) if t.suite == "hidden"]
    chance = random.Random(package.digest)  # noqa: S311 - a choice, no secret
    right = [trial for trial in hidden if trial.who.startswith("right/")]
    wrong = [trial for trial in hidden if trial.who.startswith("wrong/")]
    others = [trial for trial in hidden if trial not in right + wrong]
    return [*others, chance.choice(right), *chance.sample(wrong, WRONG_ONES)]


@pytest.mark.parametrize("slug", FOLDERS)
def test_its_solutions_get_what_they_should(crew: Crew, slug: str) -> None:
    package = load(FOLDERS[slug])
    outcomes = crew.grade(package, crew.collect(package), trials_of(package))
    assert [finding.told(slug) for finding in judge(package, outcomes)] == []


@pytest.mark.parametrize("slug", FOLDERS)
def test_its_files_are_sealed_and_keep_the_rules(slug: str) -> None:
    assert [finding.told(slug) for finding in file_findings(load(FOLDERS[slug]))] == []
