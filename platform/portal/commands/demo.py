"""`assay demo`: a database full of believable people, submissions and results."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from graders.errors import BrokenPackage
from graders.package import load_all
from portal.database import make_engine, migrate, session_factory
from portal.demo import service
from portal.demo.stage import Size
from portal.errors import PortalError
from portal.models import utc_now
from portal.settings import Settings, load_settings

USAGE_ERROR = 2
MOST_PEOPLE = 10_000
MOST_SUBMISSIONS = 100_000


def demo(
    people: Annotated[int, typer.Option(min=3, max=MOST_PEOPLE, help="How many people.")] = 30,
    submissions: Annotated[
        int, typer.Option(min=0, max=MOST_SUBMISSIONS, help="How many submissions and runs.")
    ] = 600,
    into_existing: Annotated[
        bool, typer.Option("--into-existing", help="Put it beside the people who are there.")
    ] = False,
) -> None:
    """Fill the database with demo data; a second time only gives the demo people a new password."""
    settings = load_settings()
    migrate(settings)
    try:
        lines = _fill(settings, Size(people, submissions), into_existing)
    except (PortalError, BrokenPackage) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(USAGE_ERROR) from error
    print("\n".join(lines))


def _fill(settings: Settings, size: Size, into_existing: bool) -> list[str]:
    """All of it or nothing."""
    packages = list(load_all(settings.challenges).values())
    engine = make_engine(settings)
    try:
        with session_factory(engine).begin() as session:
            if service.is_there(session):
                told = ["The demo data is there already"]
            else:
                told = service.fill(session, packages, size, utc_now(), into_existing=into_existing)
            password = service.new_password(session)
            rows = service.one_of_each_role(session)
            who = [f"  {row.role.value:<12} {row.email:<34} {row.name}" for row in rows]
    finally:
        engine.dispose()
    return [f"{'; '.join(told)}.", "", *who, "", f"All demo people have the password {password}"]
