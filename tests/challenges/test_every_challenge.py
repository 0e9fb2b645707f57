"""Every challenge in the project is sealed as it is; right solutions are right and wrong ones wrong.

`assay challenge check --all` proves all of it: every wrong solution, three runs of each, mutants.
"""

from __future__ import annotations

import os
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
WRONG_ONES = 4


@pytest.fixture(scope="module")
def crew(docker_sandbox: DockerSandbox, examiner: Examiner) -> Iterator[Crew]:
    with Crew(docker_sandbox, examiner, hands=min(os.cpu_count() or 1, 4)) as crew:
        yield crew


def trials_of(package: Package) -> list[Trial]:
    """One run of each right solution, of those who know nothing, and of a few wrong ones."""
    hidden = [t for t in written_trials(package, Depth(runs=1)) if t.suite == "hidden"]
    wrong = [trial for trial in hidden if trial.who.startswith("wrong/")]
    some = wrong[:: -(-len(wrong) // WRONG_ONES)]
    return [trial for trial in hidden if trial not in wrong] + some


@pytest.mark.parametrize("slug", FOLDERS)
def test_its_solutions_get_what_they_should(crew: Crew, slug: str) -> None:
    package = load(FOLDERS[slug])
    outcomes = crew.grade(package, crew.collect(package), trials_of(package))
    assert [finding.told(slug) for finding in judge(package, outcomes)] == []


@pytest.mark.parametrize("slug", FOLDERS)
def test_its_files_are_sealed_and_keep_the_rules(slug: str) -> None:
    assert [finding.told(slug) for finding in file_findings(load(FOLDERS[slug]))] == []
