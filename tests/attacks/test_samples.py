"""Every sample in a real box, eight at a time, always beside a right solution of somebody else.

A sample is a folder below `samples/`. It has to end exactly as its `expect.toml` says; its
neighbours get every point; nothing hidden comes out; nothing stays behind.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from pathlib import Path

import docker
import pytest

from graders.verdict import Result
from sandbox.backends.docker import DockerSandbox
from tests.attacks.harness import demands, leftovers, vitals
from tests.attacks.harness.canaries import Canaries
from tests.attacks.harness.exam import write_exam
from tests.attacks.harness.leftovers import Leftovers
from tests.attacks.harness.run import Outcome, Runner
from tests.attacks.harness.sample import SAMPLES, load, names

PASSES = int(os.environ.get("ASSAY_TEST_ATTACK_PASSES", "1"))
TURNS = [(turn, name) for turn in range(1, PASSES + 1) for name in names()]
Turn = tuple[int, str]


@dataclass
class Run:
    """Everything that was begun, and the machine as it was before."""

    runner: Runner
    leftovers: Leftovers
    places: list[Path]
    before: vitals.Vitals
    folders: set[Path]
    begun: dict[Turn, Future[Outcome]] = field(default_factory=dict)

    @property
    def server(self) -> int:
        assert self.runner.examiner._server is not None
        return self.runner.examiner._server.pid

    def all_containers(self) -> list[str]:
        """The containers of everything that was begun, once all of it is over."""
        wait(self.begun.values())
        self.runner.finish()
        over = [f.result() for f in self.begun.values() if not f.exception()]
        return [identity for outcome in over for identity in outcome.containers]


@pytest.fixture(scope="module")
def run(
    request: pytest.FixtureRequest,
    docker_sandbox: DockerSandbox,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Run]:
    """Begins all samples that were asked for; the second time round in another order."""
    chosen = _chosen(request.session.items)
    canaries = Canaries()
    exam = write_exam(tmp_path_factory.mktemp("exams") / "four-endpoints", canaries)
    client = docker.from_env()
    places = [Path("/"), Path(client.info()["DockerRootDir"])]
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CELERY_BROKER_URL", "PGPASSWORD", "ASSAY_TEST_SECRET"):
            patch.setenv(name, f"scheme://assay:{canaries.environment}@host/assay")
        runner = Runner(docker_sandbox, exam, canaries)
        alone = runner.warm_up().result
        assert isinstance(alone, Result) and alone.score == alone.max_score, alone
        server = runner.examiner._server
        assert server is not None
        before = vitals.look([place for place in places if place.exists()], server.pid)
        state = Run(
            *(runner, Leftovers(client), [place for place in places if place.exists()]),
            *(before, leftovers.present_control_folders()),
        )
        names_chosen = [name for _turn, name in chosen]
        state.begun = dict(zip(chosen, runner.begin(names_chosen), strict=True))
        yield state
        runner.close()
    client.close()


def _chosen(items: list[pytest.Item]) -> list[Turn]:
    """What pytest has selected; the first time in order, later shuffled."""
    callspecs = (getattr(item, "callspec", None) for item in items)
    turns: list[Turn] = [
        spec.params["turn"] for spec in callspecs if spec and "turn" in spec.params
    ]
    ordered = [turn for turn in turns if turn[0] == 1]
    others = [turn for turn in turns if turn[0] != 1]
    random.shuffle(others)
    return ordered + others


@pytest.mark.parametrize(
    "turn", TURNS, ids=[name if turn == 1 else f"{name}-again-{turn}" for turn, name in TURNS]
)
def test_a_sample_ends_as_it_must(run: Run, turn: Turn) -> None:
    outcome = run.runner.outcome(run.begun[turn])
    expect = load(SAMPLES / turn[1]).expect
    found = demands.complaints(expect, outcome, run.runner.exam, run.runner.canaries)
    assert not found, "\n".join([*found, repr(outcome.result)])
    assert run.leftovers.still_there(outcome.containers) == []


def test_nothing_of_ours_stays_behind(run: Run) -> None:
    containers = run.all_containers()
    assert run.leftovers.of_this_process() == []
    assert run.leftovers.volumes_and_networks() == []
    assert leftovers.processes_in(containers) == []
    assert leftovers.control_folders(run.folders) == []
    assert leftovers.examinations(run.runner.examiner) == []


def test_the_machine_is_as_it_was(run: Run) -> None:
    run.all_containers()
    assert vitals.lost(run.before, run.places, run.server) == []
