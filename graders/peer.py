"""A scripted upstream on the trusted side: the only thing beside its own box that an app reaches.

What the app sends is hostile and bounded; what it gets back is what the test has said. Whether
calls overlap is proved by their order: a `Gate` holds answers until enough calls have arrived.
"""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graders import strict_json
from graders.app_problem import NoAnswerInTime
from graders.deadline import Deadline
from graders.evidence import Evidence, Message

PATIENCE_SECONDS = 2.0
"""How long a gate holds its first caller before it lets everybody through as not met."""
MOST_REQUESTS = 500
"""Requests of one check that are remembered; later ones are refused with 503."""
MOST_SERVED = 10_000
"""Requests that one application of the suite's own answers: more than a run has processor time for."""
NOT_SCRIPTED = 404
TOO_MANY = 503


@dataclass(frozen=True, slots=True)
class PeerRequest:
    """What the app has sent; header names are in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def target(self) -> str:
        """Path and query, as they were sent."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def json(self) -> Any:
        """The body as strict JSON; raises `NotJson`, which counts as a failed check."""
        return strict_json.loads(self.body)


class Gate:
    """Holds answers back until `count` calls have arrived, or until somebody opens it.

    `met` is true once it was opened that way, false if it lost its patience.
    """

    def __init__(self, count: int | None = None) -> None:
        self._count = count
        self._changed = threading.Condition()
        self.arrived = 0
        self.met = False

    def open(self) -> None:
        """Let everybody through, from now on."""
        with self._changed:
            self.met = True
            self._changed.notify_all()

    def pass_through(self) -> None:
        """Wait here for the others, as a call that has just arrived."""
        with self._changed:
            self.arrived += 1
            if self._count is not None and self.arrived >= self._count:
                self.met = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self.met, PATIENCE_SECONDS)

    def wait_for(self, count: int, seconds: float) -> bool:
        """Whether so many calls have arrived within `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: self.arrived >= count, seconds)


@dataclass(slots=True)
class Reply:
    """What a peer does with a call: answers, after a delay or a gate, or drops the connection."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay_seconds: float = 0.0
    gate: Gate | None = None
    drop: bool = False
    times: int | None = None


class Peer:
    """One upstream, as scripted by the running check; without a script everything is a 404."""

    def __init__(self, name: str, deadline: Deadline, evidence: Evidence) -> None:
        self.name = name
        self._deadline = deadline
        self._evidence = evidence
        self._changed = threading.Condition()
        self._replies: list[tuple[str, str, Reply]] = []
        self._requests: list[PeerRequest] = []
        self._app: Any = None
        self._served = 0

    def begin(self) -> None:
        """Another check: forget the script and what was asked."""
        with self._changed:
            self._replies, self._requests, self._app, self._served = [], [], None, 0

    def on(
        self,
        method: str,
        path: str,
        *,
        status: int = 200,
        json: Any = None,
        content: bytes = b"",
        headers: Mapping[str, str] | None = None,
        delay_seconds: float = 0.0,
        gate: Gate | None = None,
        drop: bool = False,
        times: int | None = None,
    ) -> None:
        """Answer this method and path so, `times` times or for ever; the first that fits wins."""
        body, kind = (content, {}) if json is None else (_encoded(json), JSON_KIND)
        reply = Reply(status, {**kind, **(headers or {})}, body, delay_seconds, gate, drop, times)
        with self._changed:
            self._replies.append((method, path, reply))

    def serve(self, app: Any) -> None:
        """Have an ASGI application of ours answer everything that has no script, from now on.

        What was asked before was another application's: it is forgotten.
        """
        with self._changed:
            self._app, self._requests, self._served = app, [], 0

    def gate(self, count: int | None = None) -> Gate:
        """A gate for `on(..., gate=...)`."""
        return Gate(count)

    @property
    def requests(self) -> list[PeerRequest]:
        """What the app has asked so far in this check, in the order of arrival."""
        with self._changed:
            return list(self._requests)

    def wait_for(self, count: int) -> list[PeerRequest]:
        """The requests, once there are `count`. Raises when the check's time is over."""
        with self._changed:
            if not self._changed.wait_for(
                lambda: len(self._requests) >= count, self._deadline.left()
            ):
                raise NoAnswerInTime(
                    f"The app made {len(self._requests)} of {count} calls that were waited for."
                )
            return list(self._requests)

    def answer(self, request: PeerRequest) -> Reply:
        """What to do with a call; waits at its gate. Called by the threads of its lines."""
        with self._changed:
            reply, app = self._scripted(request), self._app
            if not self._takes(served=reply is None and app is not None):
                return Reply(TOO_MANY)
            if len(self._requests) < MOST_REQUESTS:
                self._requests.append(request)
            self._changed.notify_all()
        self._evidence.add(_told(self.name, request), None)
        if reply is None:
            return _ask(app, request) if app is not None else Reply(NOT_SCRIPTED)
        if reply.gate:
            reply.gate.pass_through()
        if reply.delay_seconds:
            time.sleep(reply.delay_seconds)
        return reply

    def _takes(self, *, served: bool) -> bool:
        """Whether one more is within the limits."""
        if not served:
            return len(self._requests) < MOST_REQUESTS
        self._served += 1
        return self._served <= MOST_SERVED

    def _scripted(self, request: PeerRequest) -> Reply | None:
        for method, path, reply in self._replies:
            if (method, path) == (request.method, request.path) and reply.times != 0:
                if reply.times is not None:
                    reply.times -= 1
                return reply
        return None


JSON_KIND = {"content-type": "application/json"}


def _encoded(value: Any) -> bytes:
    return json.dumps(value).encode()


def _told(name: str, request: PeerRequest) -> Message:
    headers = [(n.encode("latin-1"), v.encode("latin-1")) for n, v in request.headers.items()]
    return Message(f"to {name}: {request.method} {request.target}", request.body, headers)


def _ask(app: Any, request: PeerRequest) -> Reply:
    """The answer of an application that runs here, in this process."""
    from graders import asgi_call

    return Reply(*asgi_call.ask(app, request.method, request.target, request.headers, request.body))
