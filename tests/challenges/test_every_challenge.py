"""Every challenge in the project is right: its proof finds nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from graders.examiner import Examiner
from graders.grade import Grader
from graders.package import folders, load
from graders.proof.crew import Crew
from graders.proof.prove import prove
from graders.proof.trials import Depth, solution
from portal.settings import CHECKOUT
from sandbox.backends.docker import DockerSandbox

FOLDERS = {folder.name: folder for folder in folders(CHECKOUT / "challenges")}
# `assay challenge check` proves more of it: three runs of each, and mutants.
QUICK = Depth(runs=1, mutants=False)


@pytest.fixture(scope="module")
def crew(docker_sandbox: DockerSandbox, examiner: Examiner) -> Iterator[Crew]:
    with Crew(docker_sandbox, examiner, hands=min(os.cpu_count() or 1, 4)) as crew:
        yield crew


@pytest.mark.parametrize("slug", FOLDERS)
def test_its_proof_finds_nothing(crew: Crew, slug: str) -> None:
    proof = prove(FOLDERS[slug], crew, QUICK)
    assert [finding.told(slug) for finding in proof.findings] == []
    assert proof.gradings > 0


@pytest.mark.parametrize("slug", FOLDERS)
def test_a_right_solution_is_right_in_plain_processes_too(
    process_grader: Grader, slug: str
) -> None:
    package = load(FOLDERS[slug])
    result = process_grader.grade(package, solution(package, package.right[0]), seed=7)
    assert (result.verdict.value, result.score) == ("passed", 100), result
