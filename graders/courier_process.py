"""The courier of a console: locked in, it carries requests to one start of an untrusted app.

It has the box's control socket and a pair of sockets to the worker, and no way to anything else.
It serves until the worker hangs up.
"""

import json
import os
import resource
import socket
import sys
import threading
import time

import h11
import httpx

from graders import api_reference, http_evidence, strict_json
from graders.app_problem import AppProblem
from graders.client import AppTransport
from graders.courier_lines import (
    MAX_BODY_KEPT,
    MAX_HEADER_KEPT,
    MAX_HEADERS_KEPT,
    MAX_LINE_KEPT,
    MAX_ORDER_BYTES,
    MAX_OUTPUT_KEPT,
    MAX_PRETTY,
    ORDERS,
    Answered,
    Ask,
    Describe,
    Described,
    Duty,
)
from graders.evidence import Evidence, one_line, visible
from graders.locked import interpreter_places
from graders.subject import Subject
from sandbox.channel import Channel
from sandbox.confine import lock_in
from sandbox.errors import BoxLost
from sandbox.limits import MEGABYTE

MEMORY_MB = 768
OPEN_FILES = 512
CPU_SECONDS = 120
THREAD_STACK_BYTES = 1024 * 1024
HOST = "localhost:8000"
BOX_ENDED = "The app ended its whole box."


class Courier:
    """Carries one request at a time, each on a connection of its own."""

    def __init__(self, duty: Duty, control: socket.socket) -> None:
        self._seconds = duty.limits.test_seconds
        channel = Channel(control, running=duty.running)
        self._subject = Subject(channel, duty.entry, duty.limits, "suite", duty.peers)

    def carry(self, order: Ask | Describe) -> Answered | Described:
        """Do what is ordered; whatever the app does becomes words."""
        gone = self._ending(0)
        if isinstance(order, Describe):
            reference = None if gone else self._describe()
            return Described(reference=reference).model_copy(update=self._rest(bool(reference)))
        if gone:
            return Answered(sent=False).model_copy(update=gone)
        answered = self._ask(order)
        return answered.model_copy(update=self._rest(answered.problem is None))

    def _rest(self, is_well: bool) -> dict[str, object]:
        """A crash is told a moment after the connection has broken."""
        return (self._ending(0) if is_well else self._ending(None)) or {"output": self._output()}

    def _ending(self, seconds: float | None) -> dict[str, object]:
        ending = self._subject.ending() if seconds is None else self._subject.ending(seconds)
        if ending is None:
            return {}
        kept = ending.model_dump(include={"exit_code", "too_much_output", "cpu_seconds"})
        return kept | {"output": self._output()}

    def _output(self) -> str:
        try:
            return visible(self._subject.look().output[-MAX_OUTPUT_KEPT:])
        except BoxLost:
            return ""

    def _ask(self, order: Ask) -> Answered:
        begun, evidence = time.monotonic(), Evidence()
        try:
            response = self._exchange(order, evidence)
        except (AppProblem, BoxLost, h11.LocalProtocolError) as error:
            problem = BOX_ENDED if isinstance(error, BoxLost) else _told(evidence) or str(error)
            return Answered(problem=problem[:1000], seconds=_since(begun))
        return _answered(response, _since(begun))

    def _describe(self) -> api_reference.Reference | None:
        order = Ask(method="GET", target="/openapi.json", headers=[], body="")
        try:
            response = self._exchange(order, Evidence())
            if response.status_code != httpx.codes.OK:
                return None
            return api_reference.read(strict_json.loads(response.content))
        except (AppProblem, BoxLost, strict_json.NotJson):
            return None

    def _exchange(self, order: Ask, evidence: Evidence) -> httpx.Response:
        deadline = self._subject.deadline
        deadline.restart(self._seconds)
        transport = AppTransport(self._subject.connect, deadline, evidence)
        try:
            response = transport.handle_request(_request(order))
            response.read()
            return response
        finally:
            transport.close()


def _request(order: Ask) -> httpx.Request:
    own = {name.lower() for name, _value in order.headers}
    usual = {"host": HOST, **http_evidence.HEADERS}
    headers = [(name, value) for name, value in usual.items() if name not in own]
    body = order.body.encode()
    return httpx.Request(
        order.method,
        f"http://{HOST}",
        headers=[*headers, *order.headers],
        content=body or None,
        extensions={"target": order.target.encode("ascii")},
    )


def _told(evidence: Evidence) -> str:
    """What came before it went wrong, such as `200 OK, but then: …`."""
    exchanges, _left_out = evidence.told()
    came = exchanges[-1].came if exchanges else None
    return came.line if came else ""


def _answered(response: httpx.Response, seconds: float) -> Answered:
    body = response.content
    fields = response.headers.raw
    text = _text(body)
    return Answered(
        status=response.status_code,
        reason=one_line(response.reason_phrase, MAX_LINE_KEPT),
        headers=[(_field(name), _field(value)) for name, value in fields[:MAX_HEADERS_KEPT]],
        more_headers=max(0, len(fields) - MAX_HEADERS_KEPT),
        body=text,
        pretty=_pretty(body) if text and len(body) <= MAX_BODY_KEPT else None,
        size=len(body),
        seconds=seconds,
    )


def _text(body: bytes) -> str | None:
    """The beginning of the body, if it is text."""
    kept = body[:MAX_BODY_KEPT]
    try:
        return visible(kept.decode("utf-8").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        if len(kept) < len(body) and error.start >= len(kept) - 3:
            return visible(kept[: error.start].decode("utf-8").replace("\r\n", "\n"))
        return None


def _pretty(body: bytes) -> str | None:
    """JSON with line breaks; nothing for what is not JSON, or would grow too much."""
    try:
        value = strict_json.loads(body)
    except strict_json.NotJson:
        return None
    text = visible(json.dumps(value, indent=2, ensure_ascii=False))
    return text if len(text) <= MAX_PRETTY else None


def _field(raw: bytes) -> str:
    return one_line(raw.decode("latin-1"), MAX_HEADER_KEPT)


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 4)


def _settle(worker: int, control: int) -> None:
    """Let go of everything but the two sockets, then lock the door from inside."""
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)  # what a hostile answer provokes is not for the worker's log
    low, high = sorted((worker, control))
    os.closerange(3, low)
    os.closerange(low + 1, high)
    os.closerange(high + 1, os.sysconf("SC_OPEN_MAX"))
    for kind, value in (
        (resource.RLIMIT_AS, MEMORY_MB * MEGABYTE),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    threading.stack_size(THREAD_STACK_BYTES)
    lock_in(interpreter_places())


def main() -> None:
    """Hear the duty, then carry until the worker hangs up."""
    worker, control = (int(number) for number in sys.argv[1:3])
    _settle(worker, control)
    with socket.socket(fileno=worker) as line, line.makefile("rb") as orders:
        duty = Duty.model_validate_json(orders.readline(MAX_ORDER_BYTES))
        courier = Courier(duty, socket.socket(fileno=control))
        while order := orders.readline(MAX_ORDER_BYTES):
            told = courier.carry(ORDERS.validate_json(order))
            line.sendall(told.model_dump_json().encode() + b"\n")


if __name__ == "__main__":
    main()
