"""`assay challenge`: what challenges there are."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from graders.errors import BrokenPackage
from graders.package import Package, load_all
from portal.settings import load_settings

FAILURE = 1

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
