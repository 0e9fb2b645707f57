"""Many event streams on one portal process: none may miss how its submission ended."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import psutil

from bench.errors import BenchError
from bench.figures import high, median, rounded
from bench.portal_alone import PortalAlone
from graders.package import load_all
from portal.models import Kind, Person, utc_now
from portal.queue import make_redis
from portal.submissions import lease, notices, service
from portal.submissions.lease import Claim

STREAMS = 500
OPEN_AT_A_TIME = 50
PATIENCE_SECONDS = 120.0
IDLE_SECONDS = 10.0
LEASE_SECONDS = 3600.0
# Of our own process: as many connections as streams, and what else is open.
SPARE_DESCRIPTORS = 200


@dataclass
class Stream:
    """One browser that watches one submission: what it heard, and when."""

    submission_id: uuid.UUID
    heard: list[str] = field(default_factory=list)
    done_at: float | None = None
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def follow(self, url: str, cookie: str) -> None:
        """Listen until the last event, or until the portal hangs up."""
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        path = f"/submissions/{self.submission_id}/events"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{cookie}\r\n\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    self.heard.append(line.removeprefix(b"data: ").decode().strip())
                    self.opened.set()
                if self.heard[-1:] == ["done"]:
                    self.done_at = time.monotonic()
                    return
        finally:
            self.opened.set()
            writer.close()


def main() -> int:
    """Measure and print; returns the exit code."""
    portal = PortalAlone(people=3, submissions=0)
    try:
        print(json.dumps(measure(portal), indent=2))
    finally:
        portal.close()
    return 0


def measure(portal: PortalAlone, streams: int = STREAMS) -> dict[str, Any]:
    """Open all, let the worker's part happen for each, and count what was heard."""
    allow_descriptors(streams + SPARE_DESCRIPTORS)
    person = portal.people()[0]
    watched = [Stream(each) for each in hand_in(portal, person, streams)]
    with portal.browser(person) as client:
        cookie = f"Cookie: {client.build_request('GET', '/').headers['cookie']}"
    figures = asyncio.run(_watch(portal, watched, cookie))
    lost = [each for each in watched if each.heard[-1:] != ["done"]]
    return {"streams": streams, "lost": len(lost), **figures}


def hand_in(portal: PortalAlone, person: Person, number: int) -> list[uuid.UUID]:
    """This many submissions that wait; there is no worker, so nobody else takes them."""
    package = next(iter(load_all(portal.settings.challenges).values()))
    with portal.sessions.begin() as session:
        return [
            service.submit(
                session, person.id, package, package.starter, Kind.SUBMISSION, utc_now()
            ).id
            for _ in range(number)
        ]


def allow_descriptors(number: int) -> None:
    """Raise our own limit, if the machine lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < number:
        raise BenchError(f"This machine allows {hard} open files; {number} are needed.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, number), hard))


async def _watch(portal: PortalAlone, watched: Sequence[Stream], cookie: str) -> dict[str, Any]:
    began = time.monotonic()
    tasks = []
    for start in range(0, len(watched), OPEN_AT_A_TIME):
        some = watched[start : start + OPEN_AT_A_TIME]
        tasks += [asyncio.create_task(each.follow(portal.url, cookie)) for each in some]
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.gather(*(each.opened.wait() for each in some))
    opened = time.monotonic() - began
    process = psutil.Process(portal.process.pid)
    burnt = _processor_seconds(process)
    await asyncio.sleep(IDLE_SECONDS)
    idle = (_processor_seconds(process) - burnt) / IDLE_SECONDS
    kept = {"memory_mb": process.memory_info().rss / 1e6, "descriptors": process.num_fds()}
    ended = await asyncio.to_thread(_grade_all, portal, [each.submission_id for each in watched])
    await asyncio.wait(tasks, timeout=PATIENCE_SECONDS)
    waits = [each.done_at - ended[each.submission_id] for each in watched if each.done_at]
    return {
        "open_seconds": rounded(opened),
        "idle_processors": rounded(idle),
        "memory_mb": round(kept["memory_mb"], 1),
        "descriptors": kept["descriptors"],
        "verdict_to_event_p50": median(waits),
        "verdict_to_event_p95": rounded(high(waits)) if waits else None,
    }


def _processor_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _grade_all(portal: PortalAlone, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, float]:
    """What a worker writes and announces for each of them; when each was over."""
    client = make_redis(portal.settings)
    ended = {}
    try:
        for submission_id in ids:
            with portal.sessions.begin() as session:
                held = lease.claim(
                    session, submission_id, worker="bench", now=utc_now(), seconds=LEASE_SECONDS
                )
            if held is None:
                raise BenchError(f"Somebody else took {submission_id}.")
            notices.announce(client, submission_id)
            _finish(portal, held)
            ended[submission_id] = time.monotonic()
            notices.announce(client, submission_id)
    finally:
        client.close()
    return ended


def _finish(portal: PortalAlone, held: Claim) -> None:
    with portal.sessions.begin() as session:
        lease.finish(session, held, now=utc_now(), verdict="failed", score=0, max_score=100)


if __name__ == "__main__":
    sys.exit(main())
