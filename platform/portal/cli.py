"""The `assay` command: the contents page of everything that can be done from a terminal."""

from __future__ import annotations

import sys
from importlib import import_module

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

# Loaded when they are called: grading a file needs no website, and the website no examiner.
COMMANDS = {
    "up": "portal.commands.up:up",
    "portal": "portal.commands.portal:portal",
    "worker": "portal.commands.worker:worker",
    "grade": "portal.commands.grade:grade",
    "challenge": "portal.commands.challenge:challenge",
    "user": "portal.commands.people:user",
    "token": "portal.commands.people:token",
    "demo": "portal.commands.demo:demo",
    "doctor": "portal.commands.doctor:doctor",
}


class Contents(TyperGroup):
    """Finds a command by its name and imports it only then."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """The names, in the order above."""
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | TyperGroup | None:  # type: ignore[override]
        """One command, or nothing when there is none of that name."""
        return _load(cmd_name) if cmd_name in COMMANDS else None


app = typer.Typer(
    cls=Contents,
    name="assay",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def assay() -> None:
    """Practise and hold backend interviews: FastAPI challenges, graded for real."""


def main() -> None:
    """Run the command; a wrong setting is a sentence, not a traceback."""
    # Not imported above, so that `--help` stays quick.
    from portal.settings import SettingsError

    try:
        app()
    except SettingsError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


def _load(name: str) -> TyperCommand | TyperGroup:
    module, _, attribute = COMMANDS[name].partition(":")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, typer.Typer):
        command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        command.command(name)(found)
        found = command
    found.info.name = name
    return get_command(found)  # type: ignore[return-value]
