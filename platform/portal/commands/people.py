"""`assay user` and `assay token`: accounts from the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, NoReturn

import typer
from sqlalchemy.orm import Session

from portal.accounts import queries, service
from portal.database import make_engine, migrate, session_factory
from portal.errors import PortalError
from portal.models import Role
from portal.settings import load_settings

USAGE_ERROR = 2

user = typer.Typer(help="People with accounts.", no_args_is_help=True)
token = typer.Typer(help="Bearer tokens for the API.", no_args_is_help=True)


@user.callback()
def _user() -> None:
    """People with accounts."""


@token.callback()
def _token() -> None:
    """Bearer tokens for the API."""


@user.command("create")
def create_user(
    email: Annotated[str, typer.Argument(help="Their email address.")],
    role: Annotated[Role, typer.Option(help="What they are here for.")] = Role.CANDIDATE,
    name: Annotated[str | None, typer.Option(help="How pages greet them.")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Create an account."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _ask_password()
    if not password:
        _fail("The password is empty. Give one on standard input, or leave the option out.")
    with _session() as session:
        try:
            person = service.create_person(session, email, role, name=name or "", password=password)
        except PortalError as error:
            _fail(error.detail)
        created = person.email
    print(f"Created {created} as {role.value}.")


@token.command("create")
def create_token(
    email: Annotated[str, typer.Argument(help="Whose token it is.")],
    name: Annotated[str, typer.Option(help="What it is for.")] = "Made on the command line",
) -> None:
    """Create a bearer token; it is printed last and never again."""
    with _session() as session:
        person = queries.person_by_email(session, service.normal_email(email) or "")
        if person is None:
            _fail(f"Nobody has the email {email}. Create the account with `assay user create`.")
        made = service.make_api_token(session, person.id, name)
    print(made)


def _ask_password() -> str:
    answer: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer


@contextmanager
def _session() -> Iterator[Session]:
    settings = load_settings()
    migrate(settings)
    engine = make_engine(settings)
    try:
        with session_factory(engine).begin() as session:
            yield session
    finally:
        engine.dispose()


def _fail(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(USAGE_ERROR)
