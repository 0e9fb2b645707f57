"""A small exam, and Mallory who hands in an attack on it; every attack runs in a real box."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from graders.grade import Grader
from graders.package import Package
from graders.submission import checked
from graders.verdict import RequirementResult, Result
from tests.boxes import docker_grader, docker_sandbox, examiner
from tests.packages import make_package

__all__ = ["docker_grader", "docker_sandbox", "examiner"]

CANARY = "canary-of-the-hidden-suite"
WORKER_CANARY = "canary-of-the-worker"
GRACE_SECONDS = 10
SEED = 20261122
SUM = f'''
"""{CANARY}"""
SECRET = "{CANARY}"

def test_canary_sum(api, rng):
    """GET /sum adds two numbers"""
    a, b = rng.randint(1, 10**6), rng.randint(1, 10**6)
    answer = api.get("/sum", params={{"a": a, "b": b}})
    assert answer.status_code == 200, "GET /sum should answer 200"
    assert answer.json() == {{"sum": a + b}}, "GET /sum should add"
'''
WORD = f'''
"""{CANARY}"""

def test_canary_word(api, rng):
    """GET /word/{{word}} gives the word back"""
    word = "".join(rng.choice("abcdefgh") for _ in range(12))
    answer = api.get("/word/" + word)
    assert answer.json() == {{"word": word}}, "GET /word should give the word back"
'''
HONEST = """
from fastapi import FastAPI

app = FastAPI()


@app.get("/sum")
async def sum_of(a: int, b: int):
    return {"sum": a + b}


@app.get("/word/{word}")
async def word_of(word: str):
    return {"word": word}
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attack came to; `seconds` is from its first instruction to its verdict."""

    result: Result
    seconds: float

    @property
    def verdict(self) -> str:
        return self.result.verdict.value

    @property
    def score(self) -> int:
        return self.result.score

    @property
    def rows(self) -> tuple[RequirementResult, ...]:
        return self.result.requirements

    @property
    def messages(self) -> set[str | None]:
        return {row.message for row in self.rows}


Attack = Callable[..., Outcome]


@pytest.fixture(scope="session")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """Two requirements of 50 points, one second a check."""
    folder = tmp_path_factory.mktemp("exams") / "small"
    return make_package(
        folder, {"sum": SUM, "word": WORD}, start_seconds=3, test_seconds=1, memory_mb=128
    )


@pytest.fixture(autouse=True)
def _worker_secret(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://assay:{WORKER_CANARY}@db/assay")
    yield


@pytest.fixture
def attack(docker_grader: Grader, exam: Package) -> Attack:
    """Grade a submission; whatever it did, nothing hidden may be in what comes back."""

    def run(code: str | dict[str, str], package: Package | None = None) -> Outcome:
        taken = package or exam
        files = {"main.py": code} if isinstance(code, str) else code
        texts = checked(files, taken.description.entry)
        result = docker_grader.grade(taken, texts, seed=SEED)
        told = repr(result)
        assert CANARY not in told
        assert WORKER_CANARY not in told
        assert "canary" not in told
        return Outcome(result, result.timing["total"] - result.timing["box_ready"])

    return run


def limit_of(package: Package) -> float:
    """Seconds that an examination of this package may take: a start and a check for each part."""
    each = package.limits.start_seconds + package.limits.test_seconds
    return each * len(package.requirements) + GRACE_SECONDS


@pytest.fixture
def in_time(exam: Package) -> Callable[[Outcome], bool]:
    """Whether an attack on the small exam was over within its limits and a little grace."""
    return lambda outcome: outcome.seconds <= limit_of(exam)
