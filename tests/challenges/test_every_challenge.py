"""Every challenge in the project is right: its solutions get what they should, and nobody else."""

from __future__ import annotations

import ast
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graders.grade import Grader
from graders.package import Package, load_all
from graders.submission import checked, read_path
from graders.verdict import Result

ROOT = Path(__file__).parents[2] / "challenges"
PACKAGES = load_all(ROOT)
SEED = 7
WRONG_IN_PLAIN_PROCESSES = 1
CORES = min(os.cpu_count() or 1, 4)

STRANGERS = {
    "an empty app": "from fastapi import FastAPI\n\napp = FastAPI()\n",
    "an echo": """
from fastapi import FastAPI, Request, Response

app = FastAPI()

@app.api_route("/{path:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
async def echo(request: Request, path: str):
    return Response(await request.body(), media_type=request.headers.get("content-type"))
""",
    "always 200": """
from fastapi import FastAPI

app = FastAPI()

@app.api_route("/{path:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
async def fine(path: str):
    return {}
""",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One solution of one challenge in one kind of box."""

    sandbox: str
    slug: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.sandbox}-{self.slug}-{self.name}"


def cases(sandbox: str, kind: str, limit: int | None = None) -> list[Case]:
    """Every solution of a kind, or the first `limit` of each challenge."""
    found = []
    for slug, package in PACKAGES.items():
        folders = sorted(p for p in (package.folder / "solutions" / kind).iterdir() if p.is_dir())
        found += [Case(sandbox, slug, kind, folder.name) for folder in folders[:limit]]
    return found


class Ahead:
    """Grades on every core: whoever asks for one result has the next ones begun as well."""

    def __init__(self, pool: Executor, upcoming: Sequence[Case]) -> None:
        self._pool = pool
        self._upcoming = list(upcoming)
        self._begun: dict[Case, Future[Result]] = {}

    def result(self, case: Case, grader: Grader) -> Result:
        place = self._upcoming.index(case)
        for each in self._upcoming[place : place + CORES]:
            if each.sandbox == case.sandbox and each not in self._begun:
                self._begun[each] = self._pool.submit(grade_solution, grader, each)
        return self._begun[case].result()


@pytest.fixture(scope="module")
def ahead(request: pytest.FixtureRequest) -> Iterator[Ahead]:
    items = (item for item in request.session.items if isinstance(item, pytest.Function))
    parameters = (item.callspec.params for item in items if hasattr(item, "callspec"))
    wanted = (each.get("graded") for each in parameters)
    upcoming = [case for case in wanted if isinstance(case, Case)]
    with ThreadPoolExecutor(CORES) as pool:
        yield Ahead(pool, upcoming)


@pytest.fixture
def graded(request: pytest.FixtureRequest, ahead: Ahead) -> tuple[Case, Result]:
    case: Case = request.param
    grader: Grader = request.getfixturevalue(f"{case.sandbox}_grader")
    return case, ahead.result(case, grader)


def expected_of(slug: str) -> dict[str, dict[str, Any]]:
    text = (ROOT / slug / "solutions" / "wrong" / "expected.toml").read_text()
    return tomllib.loads(text)


def grade(grader: Grader, package: Package, files: Mapping[str, object]) -> Result:
    texts = checked(files, package.description.entry)
    return grader.grade(package, texts, seed=SEED)


def grade_solution(grader: Grader, case: Case) -> Result:
    package = PACKAGES[case.slug]
    folder = package.folder / "solutions" / case.kind / case.name
    return grade(grader, package, read_path(folder, package.description.entry))


def lost(result: Result) -> set[str]:
    return {row.name for row in result.requirements if row.earned < row.points}


def unparsed(sources: Sequence[str]) -> str:
    """Python without its layout, so that only content is compared."""
    functions = (
        n for s in sources for n in ast.walk(ast.parse(s)) if isinstance(n, ast.FunctionDef)
    )
    return "\n".join(ast.unparse(part) for f in functions for part in f.body)


def told(result: Result) -> str:
    """What a failing test should print."""
    rows = [f"{row.name}: {row.status}, {row.message}" for row in result.requirements]
    return "\n".join([str(result.message), *rows, result.output])


@pytest.mark.parametrize("slug", PACKAGES)
def test_every_wrong_solution_says_what_it_loses(slug: str) -> None:
    package = PACKAGES[slug]
    folders = {p.name for p in (package.folder / "solutions" / "wrong").iterdir() if p.is_dir()}
    expected = expected_of(slug)
    assert expected.keys() == folders
    names = {requirement.name for requirement in package.requirements}
    for name, declared in expected.items():
        assert len(declared) == 1, name
        assert declared.keys() <= {"loses", "verdict"}, name
        assert set(declared.get("loses", names)) <= names, name
        assert declared.get("loses", names), f"{name} loses nothing"


@pytest.mark.parametrize("slug", PACKAGES)
def test_every_requirement_is_lost_by_some_wrong_solution(slug: str) -> None:
    names = {requirement.name for requirement in PACKAGES[slug].requirements}
    assert names == {name for each in expected_of(slug).values() for name in each.get("loses", ())}


@pytest.mark.parametrize("slug", PACKAGES)
def test_nothing_hidden_is_in_what_a_candidate_receives(slug: str) -> None:
    package = PACKAGES[slug]
    received = [*package.starter.values(), *package.public.values()]
    for path in package.hidden.glob("*.py"):
        source = path.read_text()
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name} has no title"
                body = "\n".join(ast.unparse(part) for part in node.body[1:])
                assert body not in unparsed(received), f"{path.name}: {node.name} is public"


@pytest.mark.parametrize("slug", PACKAGES)
def test_the_starter_starts_and_does_not_win(process_grader: Grader, slug: str) -> None:
    result = grade(process_grader, PACKAGES[slug], PACKAGES[slug].starter)
    assert result.verdict.value in ("failed", "partial"), told(result)
    assert result.score < 50, told(result)


@pytest.mark.parametrize("stranger", STRANGERS)
@pytest.mark.parametrize("slug", PACKAGES)
def test_an_app_that_knows_nothing_gets_nothing(
    process_grader: Grader, slug: str, stranger: str
) -> None:
    result = grade(process_grader, PACKAGES[slug], {"main.py": STRANGERS[stranger]})
    assert result.score == 0, told(result)


@pytest.mark.parametrize(
    "graded", cases("process", "right") + cases("docker", "right"), indirect=True, ids=str
)
def test_a_right_solution_gets_everything(graded: tuple[Case, Result]) -> None:
    _case, result = graded
    assert (result.verdict.value, result.score) == ("passed", 100), told(result)


@pytest.mark.parametrize(
    "graded",
    cases("docker", "wrong") + cases("process", "wrong", WRONG_IN_PLAIN_PROCESSES),
    indirect=True,
    ids=str,
)
def test_a_wrong_solution_loses_what_it_declares(graded: tuple[Case, Result]) -> None:
    case, result = graded
    expected = expected_of(case.slug)[case.name]
    if "verdict" in expected:
        assert (result.verdict.value, result.score) == (expected["verdict"], 0), told(result)
        return
    assert lost(result) == set(expected["loses"]), told(result)
    assert result.verdict.value == ("partial" if result.score else "failed")
