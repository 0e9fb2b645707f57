"""The queue: Celery over Redis carries nudges, one id each, and never anything that matters."""

from __future__ import annotations

import logging
import uuid

import kombu.exceptions
import redis
from celery import Celery

from portal.settings import Settings

QUEUE = "grading"
GRADE = "portal.submissions.tasks.grade"
VISIBILITY_SECONDS = 3600
SOCKET_SECONDS = 5
WORKER_KEY = "assay:worker:"

logger = logging.getLogger(__name__)


def make_queue(settings: Settings) -> Celery:
    """A Celery application for the configured broker: JSON only, acknowledged after the work."""
    queue = Celery("assay", broker=settings.broker_url, set_as_current=False)
    queue.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        task_default_queue=QUEUE,
        task_acks_late=True,
        # A slot that is free asks for one message. Credit counted in messages would be lost
        # for good with every acknowledgement that a broken Redis does not take.
        worker_prefetch_multiplier=0,
        worker_disable_prefetch=True,
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
        worker_enable_remote_control=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": VISIBILITY_SECONDS,
            # A nudge that cannot be sent at once is the sweeper's: nobody waits for it.
            "max_retries": 0,
            "socket_connect_timeout": SOCKET_SECONDS,
            "socket_keepalive": settings.redis_url is not None,
        },
    )
    return queue


def nudge(queue: Celery, submission_id: uuid.UUID) -> None:
    """Tell the workers that there is something to grade; when that fails the sweeper will."""
    try:
        queue.send_task(GRADE, args=[str(submission_id)], queue=QUEUE, retry=False)
    except (kombu.exceptions.OperationalError, redis.RedisError, OSError) as error:
        logger.warning("The broker takes no messages (%s); the sweeper tries again.", error)


def make_redis(settings: Settings) -> redis.Redis:
    """A client of the same Redis, for notices and signs of life."""
    return redis.Redis.from_url(
        settings.redis_client_url, socket_connect_timeout=SOCKET_SECONDS, decode_responses=True
    )


def waiting_messages(client: redis.Redis) -> int:
    """How many nudges lie in the queue."""
    return int(client.llen(QUEUE))


def sign_of_life(client: redis.Redis, worker: str, seconds: int) -> None:
    """Say that this worker is there, for the next `seconds`."""
    client.set(WORKER_KEY + worker, "1", ex=seconds)


def any_worker(client: redis.Redis) -> bool:
    """Whether some worker has given a sign of life lately."""
    return any(True for _key in client.scan_iter(match=WORKER_KEY + "*", count=100))
