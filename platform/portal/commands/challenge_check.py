"""`assay challenge check` and `assay challenge seal`: proves packages right, records versions."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from graders.errors import BrokenPackage, ExaminerLost, UnknownChallenge
from graders.examiner import Examiner
from graders.package import find, folders
from graders.proof.crew import Crew
from graders.proof.prove import Proof, prove
from graders.proof.seal import seal as seal_version
from graders.proof.trials import Depth
from portal.commands.proof_report import as_document, as_lines
from portal.settings import load_settings
from sandbox.backends.process import PROCESS_WARNING
from sandbox.choice import SandboxName, choose
from sandbox.errors import SandboxError

ERRORS_FOUND = 1
USAGE_ERROR = 2
PLATFORM_ERROR = 3
BAR_WIDTH = 30
CLEAR_LINE = "\r\033[K"


def check(
    slug: Annotated[str | None, typer.Argument(help="Which challenge.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All challenges.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    mutants: Annotated[
        bool, typer.Option("--mutants/--no-mutants", help="Try small mistakes made by machine.")
    ] = True,
    runs: Annotated[int, typer.Option(min=1, help="Gradings of each right solution.")] = 3,
    sandbox: Annotated[str, typer.Option(help="docker or process.")] = "docker",
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Gradings at once; else one for each processor.")
    ] = None,
) -> None:
    """Prove challenges right. Ends with 0 if they are, 1 if not, 2 on bad usage, 3 on our fault."""
    if sandbox not in ("docker", "process"):
        _fail(USAGE_ERROR, f"There is no sandbox {sandbox!r}. Use docker or process.")
    wanted = _wanted(slug, every)
    try:
        with _crew(sandbox, jobs) as crew:  # type: ignore[arg-type]
            proofs = list(_proved(wanted, crew, Depth(runs, mutants), as_json))
    except (SandboxError, ExaminerLost) as error:
        _fail(PLATFORM_ERROR, f"Nothing is proved, because grading failed on our side: {error}")
    is_right = all(proof.is_right for proof in proofs)
    if as_json:
        document = {"ok": is_right, "challenges": [as_document(proof) for proof in proofs]}
        print(json.dumps(document, indent=2))
    if not is_right:
        raise typer.Exit(ERRORS_FOUND)


def seal(slug: Annotated[str, typer.Argument(help="Which challenge.")]) -> None:
    """Record the content of the current version, once it is finished."""
    try:
        package = find(load_settings().challenges, slug)
        is_new = seal_version(package)
    except UnknownChallenge as error:
        _fail(USAGE_ERROR, str(error))
    except BrokenPackage as error:
        _fail(ERRORS_FOUND, str(error))
    version = package.description.version
    print(f"{slug}: version {version} {'is' if is_new else 'was already'} sealed.")


def _wanted(slug: str | None, every: bool) -> list[Path]:
    root = load_settings().challenges
    if (slug is None) != every:
        _fail(USAGE_ERROR, "Name one challenge, or say --all.")
    if slug is None:
        found = folders(root) if root.is_dir() else []
        return found or _fail(USAGE_ERROR, f"There are no challenges in {root}.")
    # What is wrong in a package is for its proof to say.
    with suppress(BrokenPackage):
        try:
            find(root, slug)
        except UnknownChallenge as error:
            _fail(USAGE_ERROR, str(error))
    return [root / slug]


def _proved(wanted: list[Path], crew: Crew, depth: Depth, as_json: bool) -> Iterator[Proof]:
    for folder in wanted:
        proof = prove(folder, crew, depth)
        _clear_bar()
        if not as_json:
            print("\n".join(as_lines(proof)), flush=True)
        yield proof


@contextmanager
def _crew(name: SandboxName, jobs: int | None) -> Iterator[Crew]:
    settings = load_settings()
    sandbox = choose(
        name, runtime=settings.sandbox_runtime, patched=settings.require_patched_engine
    )
    if name == "process":
        print(PROCESS_WARNING, file=sys.stderr)
    examiner = Examiner()
    tell = _show_bar if sys.stderr.isatty() else _show_nothing
    try:
        sandbox.prepare()
        with Crew(sandbox, examiner, jobs or os.cpu_count() or 1, tell) as crew:
            yield crew
    finally:
        _clear_bar()
        examiner.close()
        sandbox.close()


def _show_bar(slug: str, done: int, planned: int) -> None:
    filled = BAR_WIDTH * done // planned
    bar = "#" * filled + "." * (BAR_WIDTH - filled)
    line = f"{CLEAR_LINE}{slug} [{bar}] {done} of {planned} gradings"
    print(line, end="", file=sys.stderr, flush=True)


def _show_nothing(_slug: str, _done: int, _planned: int) -> None:
    """Nobody looks on: a log would only fill with bars."""


def _clear_bar() -> None:
    if sys.stderr.isatty():
        print(CLEAR_LINE, end="", file=sys.stderr, flush=True)


def _fail(code: int, message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(code)
