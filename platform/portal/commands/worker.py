"""`assay worker`: grades what the queue announces, and sweeps up what it forgot."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import warnings
from collections.abc import Sequence

import typer
from celery import Celery, signals
from celery.exceptions import SecurityWarning
from celery.worker import state

from graders.examiner import Examiner
from graders.grade import Grader
from graders.package import load_all
from portal.commands.wall import Watched, proven_sandbox
from portal.console.host import ConsoleHost
from portal.database import make_engine, migrate, session_factory
from portal.queue import make_queue, make_redis
from portal.settings import Settings, load_settings
from portal.submissions import tasks
from portal.submissions.grading import Grading
from portal.submissions.sweeper import Sweeper
from sandbox.backends.process import PROCESS_WARNING
from sandbox.errors import SandboxError
from sandbox.pool import Pool

PLATFORM_ERROR = 3
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

logger = logging.getLogger(__name__)


def worker() -> None:
    """Grade submissions until stopped; Ctrl-C lets the current ones end."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    # Messages are ids in JSON and run nothing: a worker of root is no danger by them.
    warnings.filterwarnings("ignore", "You're running the worker with superuser", SecurityWarning)
    for chatty in ("alembic", "celery", "kombu", "amqp"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    settings = load_settings()
    migrate(settings)
    try:
        run(settings)
    except SandboxError as error:
        logger.error("No boxes can be made: %s", error)
        raise typer.Exit(PLATFORM_ERROR) from error
    if state.should_stop == PLATFORM_ERROR:
        raise typer.Exit(PLATFORM_ERROR)


def run(settings: Settings) -> None:
    """Wire the worker together and serve the queue."""
    name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(2)}"
    sandbox = Pool(
        Watched(proven_sandbox(settings), _stop),
        settings.waiting_boxes,
        settings.most_waiting_boxes,
    )
    if not sandbox.isolates:
        logger.warning(PROCESS_WARNING)
    sandbox.prepare()
    for package in load_all(settings.challenges).values():
        sandbox.want(package.description.runtime, package.limits)
    engine = make_engine(settings)
    sessions = session_factory(engine)
    queue, client, examiner = make_queue(settings), make_redis(settings), Examiner()
    examiner.warm_up()
    tasks.register(queue, Grading(settings, sessions, client, Grader(sandbox, examiner), name))
    sweeper = Sweeper(settings, sessions, queue, client, name)
    consoles = ConsoleHost(settings, sessions, client, sandbox)
    try:
        _serve(queue, settings, [sweeper, consoles], name)
    finally:
        consoles.stop()
        sweeper.stop()
        examiner.close()
        sandbox.close()
        engine.dispose()


def _stop() -> None:
    """Take no more submissions and end; whoever starts us again has the wall proved anew."""
    logger.critical("This worker ends. Started again, it takes submissions once the wall stands.")
    state.should_stop = PLATFORM_ERROR  # type: ignore[assignment]


def _serve(
    queue: Celery, settings: Settings, beside: Sequence[Sweeper | ConsoleHost], name: str
) -> None:
    """Threads, not processes: the work is waiting for boxes, and all share one examiner."""

    @signals.worker_ready.connect(weak=False)
    def begin(**_: object) -> None:
        for each in beside:
            each.start()
        logger.info("Worker %s is ready.", name)

    queue.Worker(
        pool="threads",
        concurrency=settings.worker_concurrency,
        hostname=name,
        loglevel="INFO",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        optimization="fair",
        quiet=True,
    ).start()
