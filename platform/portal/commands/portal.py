"""`assay portal`: the website and its API."""

from __future__ import annotations

import logging
import resource
from typing import Annotated

import typer
import uvicorn

from portal.app import make_app
from portal.database import migrate
from portal.settings import load_settings

STREAMS_SECONDS = 2
"""How long open event streams may keep a stop waiting; browsers connect again by themselves."""

MOST_DESCRIPTORS = 65_536
"""Each open event stream is one; the usual limit of 1,024 is far below what one process carries."""


def portal(
    port: Annotated[int | None, typer.Option(help="The port, 8000 if not given.")] = None,
) -> None:
    """Serve the website until stopped."""
    logging.basicConfig(level=logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings = load_settings()
    if port is not None:
        settings = settings.model_copy(update={"port": port})
    migrate(settings)
    _allow_descriptors()
    uvicorn.run(
        make_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STREAMS_SECONDS,
    )


def _allow_descriptors() -> None:
    """As many as the machine lets us have, within reason."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, allowed), hard))
