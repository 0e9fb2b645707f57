"""`assay doctor`: what is there, what is missing, and what to do about it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import redis
import typer
from sqlalchemy.exc import SQLAlchemyError

from graders.errors import BrokenPackage
from graders.package import load_all
from portal.database import make_engine, reading, session_factory
from portal.mail.queries import count_given_up
from portal.mail.server import MailServer
from portal.operations.readiness import database_check
from portal.queue import any_worker, make_redis
from portal.settings import Settings, load_settings
from sandbox.inspection import Finding
from sandbox.inspection import findings as sandbox_findings

MARKS = {"ok": "ok     ", "warning": "warning", "missing": "MISSING"}
OLDEST_PYTHON = (3, 11)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Look at everything Assay needs. Ends with 1 if something is missing."""
    found = list(findings(load_settings()))
    if as_json:
        print(json.dumps([asdict(finding) for finding in found], indent=2))
    else:
        for finding in found:
            print(f"{MARKS[finding.status]}  {finding.name}: {finding.detail}")
            if finding.advice and finding.status != "ok":
                print(f"         {finding.advice}")
    if any(finding.status == "missing" for finding in found):
        raise typer.Exit(1)


def findings(settings: Settings) -> Iterator[Finding]:
    """Every finding, from the ground up."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    enough = sys.version_info[:2] >= OLDEST_PYTHON
    yield Finding("Python", "ok" if enough else "missing", version, "Install Python 3.11 or newer.")
    yield from sandbox_findings(settings.sandbox_runtime, patched=settings.require_patched_engine)
    yield _challenges(settings)
    yield _pdf()
    yield _data_folder(settings)
    yield _database(settings)
    yield _broker(settings)
    yield _mail(settings)


def _challenges(settings: Settings) -> Finding:
    try:
        count = len(load_all(settings.challenges))
    except BrokenPackage as error:
        return Finding("Challenges", "missing", str(error), "Mend the package.")
    return Finding("Challenges", "ok", f"{count} in {settings.challenges}")


def _pdf() -> Finding:
    """Only the guide's PDF needs it, so nothing else stops without."""
    try:
        import weasyprint
    except OSError:
        advice = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 as root."
        return Finding("PDF", "warning", "Pango is missing, so the guide has no PDF", advice)
    return Finding("PDF", "ok", f"WeasyPrint {weasyprint.__version__}")


def _data_folder(settings: Settings) -> Finding:
    if not settings.home.is_dir():
        advice = "`assay up` makes it."
        return Finding("Data folder", "warning", f"{settings.home} is not there yet", advice)
    mode = settings.home.stat().st_mode & 0o777
    if mode & 0o077:
        advice = f"Only its owner should look inside: chmod 700 {settings.home}"
        return Finding("Data folder", "warning", f"{settings.home} has mode {mode:o}", advice)
    return Finding("Data folder", "ok", str(settings.home))


def _database(settings: Settings) -> Finding:
    kind = settings.database_url.partition(":")[0]
    engine = make_engine(settings)
    try:
        database_check(engine).is_met()
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).splitlines()[0]
        advice = "`assay up` makes an embedded one; else check DATABASE_URL and its server."
        return Finding("Database", "warning", f"{kind}: {reason}", advice)
    finally:
        engine.dispose()
    return Finding("Database", "ok", kind)


def _broker(settings: Settings) -> Finding:
    kind = "Redis server" if settings.redis_url else "embedded Redis"
    client = make_redis(settings)
    try:
        client.ping()
        working = any_worker(client)
    except redis.RedisError as error:
        advice = "`assay up` starts the embedded one; else check REDIS_URL and its server."
        return Finding("Broker", "warning", f"{kind} does not answer ({error})", advice)
    finally:
        client.close()
    if not working:
        return Finding("Broker", "warning", f"{kind}, no worker", "Start one with `assay worker`.")
    return Finding("Broker", "ok", f"{kind}, with a worker")


def _mail(settings: Settings) -> Finding:
    """Where mails go, and whether some never went; without a database there are none to count."""
    if settings.smtp_url is None:
        return Finding("Mail", "ok", "no server is set: mails stand in the portal's log")
    server = MailServer.at(settings.smtp_url)
    where = f"{server.host}:{server.port}"
    engine = make_engine(settings)
    try:
        with reading(session_factory(engine)) as session:
            lost = count_given_up(session)
    except SQLAlchemyError:
        return Finding("Mail", "ok", where)
    finally:
        engine.dispose()
    if lost:
        advice = "The portal's log says why. Check ASSAY_SMTP_URL and ASSAY_MAIL_FROM."
        return Finding("Mail", "warning", f"{where}: {lost} given up in 30 days", advice)
    return Finding("Mail", "ok", where)
