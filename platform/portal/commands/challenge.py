"""`assay challenge`: what challenges there are, and how a new one begins."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from graders.description import LEVELS
from graders.errors import BrokenPackage, GradersError
from graders.new_package import write_new
from graders.package import Package, load_all
from portal.commands.challenge_check import check, seal
from portal.settings import load_settings

FAILURE = 1
USAGE_ERROR = 2

challenge = typer.Typer(help="Challenge packages.", no_args_is_help=True)


@challenge.callback()
def _challenge() -> None:
    """Challenge packages."""


@challenge.command("list")
def list_challenges(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """List all challenges."""
    try:
        packages = load_all(load_settings().challenges).values()
    except BrokenPackage as error:
        print(error, file=sys.stderr)
        raise typer.Exit(FAILURE) from error
    if as_json:
        print(json.dumps([_document(package) for package in packages], indent=2))
        return
    for package in packages:
        described = package.description
        print(
            f"{package.slug:<24} {described.level:<14} {described.minutes:>3} min  {described.title}"
        )


@challenge.command("new")
def new_challenge(
    slug: Annotated[str, typer.Argument(help="Its name, such as parcel-desk.")],
    title: Annotated[str | None, typer.Option(help="What people read in the list.")] = None,
    level: Annotated[str | None, typer.Option(help=f"One of {', '.join(LEVELS)}.")] = None,
    question: Annotated[str | None, typer.Option(help="Such as freshers-3.")] = None,
) -> None:
    """Write a small, whole challenge that passes its own check, for you to change."""
    try:
        folder = write_new(
            load_settings().challenges, slug, title=title, level=level, question=question
        )
    except GradersError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(USAGE_ERROR) from error
    except OSError as error:
        print(f"{slug} could not be written: {error}.", file=sys.stderr)
        raise typer.Exit(FAILURE) from error
    print(f"A small challenge is ready in {folder}. Change it file by file, and prove it with:")
    print(f"  assay challenge check {slug}")
    print(
        "While you write, leave sealed.toml out; `assay challenge seal` makes it anew at the end."
    )


# Other words of `assay challenge` lie in files of their own and are taken in here.
challenge.command("check")(check)
challenge.command("seal")(seal)


def _document(package: Package) -> dict[str, object]:
    described = package.description
    return {
        "slug": package.slug,
        "title": described.title,
        "question": described.question,
        "level": described.level,
        "minutes": described.minutes,
        "topics": list(described.topics),
        "version": described.version,
    }
