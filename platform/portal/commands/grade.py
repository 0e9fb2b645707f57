"""`assay grade`: grades files without portal, database or queue."""

import json
import secrets
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from graders.attempt import Plan, refused
from graders.errors import BrokenPackage, GradersError, RefusedSubmission, UnknownChallenge
from graders.examiner import Examiner
from graders.grade import Grader
from graders.package import Package, find
from graders.submission import checked, read_path
from graders.verdict import Result
from portal.settings import load_settings
from sandbox.backends.process import PROCESS_WARNING
from sandbox.choice import SandboxName, choose
from sandbox.errors import SandboxError

SEED_BITS = 53
USAGE_ERROR = 2
PLATFORM_ERROR = 3
MARKS = {"passed": "✓", "waiting": "·", "not_run": "-"}


def grade(
    slug: Annotated[str, typer.Argument(help="Which challenge, such as first-endpoint.")],
    path: Annotated[Path, typer.Argument(help="Your main.py, or the folder that holds it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    sandbox: Annotated[str, typer.Option(help="docker, process or auto.")] = "auto",
    seed: Annotated[int | None, typer.Option(help="Repeat a run with its seed.")] = None,
) -> None:
    """Grade a file or a folder. Ends with 0 whatever the verdict, 2 on bad usage, 3 on our fault."""
    if sandbox not in ("auto", "docker", "process"):
        _fail(USAGE_ERROR, f"There is no sandbox {sandbox!r}. Use docker, process or auto.")
    package = _package(slug)
    if not path.exists():
        _fail(USAGE_ERROR, f"There is nothing at {path}.")
    chosen_seed = secrets.randbits(SEED_BITS) if seed is None else seed
    try:
        files = checked(read_path(path, package.description.entry), package.description.entry)
    except RefusedSubmission as error:
        result = refused(Plan(package, "hidden", chosen_seed, False), str(error))
    else:
        result = _grade(package, files, sandbox, chosen_seed)  # type: ignore[arg-type]
    print(json.dumps(as_document(result), indent=2) if as_json else as_text(result))


def as_document(result: Result) -> dict[str, object]:
    """The published JSON form of a result."""
    fields = ("name", "title", "points", "earned", "status", "message")
    return {
        "challenge": result.challenge,
        "version": result.version,
        "verdict": result.verdict.value,
        "score": result.score,
        "max_score": result.max_score,
        "requirements": [
            {name: getattr(row, name) for name in fields} for row in result.requirements
        ],
        "timing": dict(result.timing),
        "fairness": dict(result.fairness),
    }


def as_text(result: Result) -> str:
    """The result for a terminal."""
    lines = [f"{result.challenge}: {result.verdict.value}, {result.score} of {result.max_score}"]
    if result.message:
        lines.append(f"  {result.message}")
    for row in result.requirements:
        mark = MARKS.get(row.status, "✗")
        lines.append(f"  {mark} {row.earned:>3} of {row.points:<3} {row.title}")
        if row.message and row.message != result.message:
            lines.append(f"             {row.message}")
    if result.output and result.message:
        lines += ["", "What the app printed:", result.output.rstrip()]
    return "\n".join(lines)


def _package(slug: str) -> Package:
    try:
        return find(load_settings().challenges, slug)
    except (UnknownChallenge, BrokenPackage) as error:
        _fail(USAGE_ERROR, str(error))


def _grade(package: Package, files: dict[str, str], name: SandboxName, seed: int) -> Result:
    examiner = Examiner()
    try:
        settings = load_settings()
        sandbox = choose(
            name,
            runtime=settings.sandbox_runtime,
            patched=settings.require_patched_engine,
        )
        if name == "auto" and sandbox.name == "process":
            print(PROCESS_WARNING, file=sys.stderr)
        return Grader(sandbox, examiner).grade(package, files, seed=seed)
    except (SandboxError, GradersError) as error:
        _fail(PLATFORM_ERROR, f"Grading failed on our side: {error}")
    finally:
        examiner.close()


def _fail(code: int, message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(code)
