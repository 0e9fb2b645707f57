"""The `assay` command: the contents page of everything that can be done from a terminal."""

import sys

import typer

from portal.commands import challenge, doctor, grade, people, portal, up, worker
from portal.settings import SettingsError

app = typer.Typer(
    name="assay", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
app.command()(up.up)
app.command()(portal.portal)
app.command()(worker.worker)
app.command()(grade.grade)
app.command()(doctor.doctor)
app.add_typer(challenge.challenge, name="challenge")
app.add_typer(people.user, name="user")
app.add_typer(people.token, name="token")


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
