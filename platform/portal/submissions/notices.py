"""Who watches a submission hears at once that it changed: Redis carries the id, nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Iterator

import redis
import redis.asyncio

CHANNEL = "assay:changed"
RETRY_SECONDS = 1.0

logger = logging.getLogger(__name__)


def announce(client: redis.Redis, submission_id: object) -> None:
    """Tell the portals; a Redis that is away costs the watchers a second or two, no more."""
    with contextlib.suppress(redis.RedisError):
        client.publish(CHANNEL, str(submission_id))


class Watchers:
    """Everybody in this process who waits for a change, behind one subscription."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)

    @contextlib.contextmanager
    def watching(self, submission_id: object) -> Iterator[asyncio.Event]:
        """An event that is set whenever the submission may have changed."""
        event, key = asyncio.Event(), str(submission_id)
        self._waiting[key].add(event)
        try:
            yield event
        finally:
            self._waiting[key].discard(event)
            if not self._waiting[key]:
                del self._waiting[key]

    async def listen(self) -> None:
        """Pass messages on until cancelled; a lost connection is made again."""
        while True:
            try:
                await self._listen_once()
            except (redis.RedisError, OSError) as error:
                logger.debug("No notices from Redis (%s); trying again.", error)
                await asyncio.sleep(RETRY_SECONDS)

    async def _listen_once(self) -> None:
        client = redis.asyncio.Redis.from_url(self._url, decode_responses=True)
        async with client, client.pubsub() as subscription:
            await subscription.subscribe(CHANNEL)
            async for message in subscription.listen():
                for event in self._waiting.get(str(message["data"]), ()):
                    event.set()
