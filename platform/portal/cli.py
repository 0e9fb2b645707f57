"""The `assay` command: the contents page of everything that can be done from a terminal."""

import sys

import typer

from portal.commands import grade
from portal.settings import SettingsError

app = typer.Typer(
    name="assay",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(grade.grade)


@app.callback()
def assay() -> None:
    """Practise and hold backend interviews: FastAPI challenges, graded for real."""


def main() -> None:
    """Run the command; a wrong setting is a sentence, not a traceback."""
    try:
        app()
    except SettingsError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
