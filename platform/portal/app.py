"""Puts the portal together; ROUTERS is the site's table of contents."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp

from graders.analyser.analyse import Analyser
from portal.accounts import pages as accounts
from portal.accounts.joining import pages as joining
from portal.accounts.joining.letters import LETTERS
from portal.accounts.openid import pages as openid
from portal.accounts.openid.provider import provider_of
from portal.accounts.profile import leaving
from portal.accounts.profile import pages as profile
from portal.accounts.throttle import MAILS, Throttle
from portal.answers import ANSWERS, answer
from portal.api import challenges as api_challenges
from portal.api import submissions as api_submissions
from portal.api import token as api_token
from portal.api.problems import describe_problems
from portal.catalog import pages as catalog
from portal.catalog.library import Library
from portal.certificates import pages as certificates
from portal.console import pages as console
from portal.database import make_engine, session_factory
from portal.drafts import pages as drafts
from portal.guide import pages as guide
from portal.guide import pdf as guide_pdf
from portal.guide.book import Book
from portal.learning import pages as learning
from portal.learning import quiz_pages
from portal.learning.lessons import Lessons
from portal.mail.postman import Postman, send_for
from portal.operations import pages as operations
from portal.operations.readiness import Check, database_check
from portal.practice.mock import pages as mock
from portal.practice.placement import pages as placement
from portal.practice.placement.questions import questions
from portal.practice.plan import feed_forms, feed_pages
from portal.practice.plan import form_pages as plan_form
from portal.practice.plan import pages as plan
from portal.practice.progress import pages as progress
from portal.practice.tracks import pages as tracks
from portal.practice.tracks.tracks import Tracks
from portal.queue import any_worker, make_queue, make_redis
from portal.render import PORTAL
from portal.security import Gate
from portal.settings import Settings
from portal.submissions import pages as submissions
from portal.submissions.notices import Watchers
from portal.workspace import pages as workspace
from sandbox.backends.process import PROCESS_WARNING

ROUTERS = (
    catalog.router,
    workspace.router,
    drafts.router,
    guide.router,
    guide_pdf.router,
    learning.router,
    quiz_pages.router,
    progress.router,
    tracks.router,
    placement.router,
    plan.router,
    plan_form.router,
    feed_forms.router,
    feed_pages.router,
    mock.router,
    certificates.router,
    submissions.router,
    console.router,
    accounts.router,
    openid.router,
    joining.router,
    profile.router,
    leaving.router,
    operations.router,
    api_token.router,
    api_challenges.router,
    api_submissions.router,
)


class Portal(FastAPI):
    """FastAPI behind our gate: also what the framework answers by itself passes through it."""

    def build_middleware_stack(self) -> ASGIApp:
        return Gate(super().build_middleware_stack(), self.state.settings, answer)

    def openapi(self) -> dict[str, Any]:
        """The framework's document, made once, with our own answers to mistakes."""
        is_new = self.openapi_schema is None
        document = super().openapi()
        if is_new:
            describe_problems(document)
        return document


def make_app(settings: Settings) -> FastAPI:
    """The whole site on a migrated database."""
    app = Portal(
        title="Assay",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere
        redoc_url=None,
        lifespan=_listening,
        max_body_size=settings.max_body_bytes,
        form_limits={
            "max_fields": 20,
            "max_files": 0,
            "max_part_size": settings.max_body_bytes,
        },
    )
    _furnish(app, settings)
    app.exception_handlers.update(ANSWERS)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=PORTAL / "static"), name="static")
    return app


def _furnish(app: FastAPI, settings: Settings) -> None:
    """Everything that requests find on the application."""
    engine = make_engine(settings)
    app.state.settings = settings
    app.state.shapes = {}  # of addresses, as templates ask for them
    app.state.engine = engine
    app.state.sessions = session_factory(engine)
    app.state.throttle = Throttle()
    app.state.mail_throttle = Throttle(limits=MAILS)
    app.state.postman = Postman(settings, app.state.sessions, LETTERS, send_for(settings))
    app.state.provider = provider_of(settings)
    app.state.library = Library(settings.challenges)
    app.state.analyser = Analyser()
    app.state.book = Book(app.state.library)
    app.state.lessons = Lessons(app.state.library)
    app.state.tracks = Tracks(app.state.library)
    questions()  # read now, so that a mistake in them stops the start
    app.state.queue = make_queue(settings)
    app.state.watchers = Watchers(settings.redis_client_url)
    app.state.redis = client = make_redis(settings)
    app.state.readiness = [
        database_check(engine),
        Check("broker", lambda: bool(client.ping())),
        Check("worker", lambda: any_worker(client)),
    ]
    app.state.notice = PROCESS_WARNING if settings.sandbox == "process" else None


@asynccontextmanager
async def _listening(app: FastAPI) -> AsyncIterator[None]:
    """Hear of changes and send mail as long as the site is up; close the database at the end."""
    app.state.postman.start()
    listener = asyncio.create_task(app.state.watchers.listen())
    try:
        yield
    finally:
        listener.cancel()
        with suppress(asyncio.CancelledError):
            await listener
        await asyncio.to_thread(app.state.postman.stop)
        app.state.queue.close()
        app.state.redis.close()
        app.state.engine.dispose()
