"""Thousands of broken answers: each ends in time, small, in an answer or in one known error.

`ASSAY_TEST_FUZZ_SECONDS=3600` goes on for so long from a random seed; a failure names the seed
that repeats it as the first one: `ASSAY_TEST_FUZZ_SEED=…`.
"""

import os
import random
import secrets
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress

import httpx
import pytest

from graders import client
from graders.app_problem import AppProblem, BadProtocol
from graders.client import StrictResponse
from graders.strict_json import NotJson
from tests.graders.hostile import visiting
from tests.graders.mutations import Conversation, Partner, invent, told

EXAMPLES = 600
SEED = 20261122
DEADLINE_SECONDS = 0.1
AGAIN_SECONDS = 1
GRACE_SECONDS = 5
MEMORY_BYTES = 8 * client.MAX_BODY_BYTES
LOOKS: dict[str, Callable[[StrictResponse], object]] = {
    "text": lambda answer: answer.text,
    "json": lambda answer: answer.json(),
    "lines": lambda answer: list(answer.iter_lines()),
    "headers": lambda answer: (dict(answer.headers), answer.headers.multi_items()),
    "cookies": lambda answer: [answer.cookies.get(each.name) for each in answer.cookies.jar],
    "links": lambda answer: answer.links,
    "facts": lambda answer: (answer.encoding, answer.reason_phrase, answer.elapsed, repr(answer)),
}
KNOWN: dict[str, tuple[type[Exception], ...]] = {
    "text": (BadProtocol,),
    "json": (BadProtocol, NotJson),
    "cookies": (httpx.CookieConflict,),
}


def seeds() -> Iterator[int]:
    """A fixed number of fixed ones, or random ones as long as somebody wants to wait."""
    first = os.environ.get("ASSAY_TEST_FUZZ_SEED")
    seconds = os.environ.get("ASSAY_TEST_FUZZ_SECONDS")
    begin = int(first) if first else secrets.randbits(48) if seconds else SEED
    until = time.monotonic() + float(seconds or 0)
    number = 0
    while time.monotonic() < until if seconds else number < EXAMPLES:
        yield begin + number
        number += 1


@pytest.fixture(autouse=True)
def _memory_is_counted() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def test_whatever_comes_ends_in_an_answer_or_in_a_known_error() -> None:
    for seed in seeds():
        conversation = invent(random.Random(seed))  # noqa: S311
        try:
            converse(conversation, str(seed))
        except Exception as error:
            error.add_note(f"ASSAY_TEST_FUZZ_SEED={seed}: {told(conversation)}")
            raise


def converse(conversation: Conversation, number: str) -> None:
    """A first question, answered with anything; then a second one that is answered properly."""
    partner = Partner(conversation)
    with visiting(partner.serve, DEADLINE_SECONDS) as (http, served):
        tracemalloc.reset_peak()
        before, begun = tracemalloc.get_traced_memory()[0], time.monotonic()
        answer = ask(http, conversation)
        assert time.monotonic() - begun < DEADLINE_SECONDS + GRACE_SECONDS
        assert tracemalloc.get_traced_memory()[1] - before < MEMORY_BYTES
        if answer:
            look_at(answer)
        partner.through.wait(DEADLINE_SECONDS)
        served.deadline.restart(AGAIN_SECONDS)
        try:
            second = http.get(f"/again/{number}")
        except AppProblem:
            return
    assert second.text == number, "bytes that nobody asked for were taken for an answer"


def ask(http: httpx.Client, conversation: Conversation) -> StrictResponse | None:
    """The first question; nothing but an `AppProblem` may come of it, or an answer."""
    try:
        answer = http.request(conversation.method, "/", content=conversation.question)
    except AppProblem:
        return None
    assert isinstance(answer, StrictResponse)
    assert len(answer.content) <= client.MAX_BODY_BYTES
    return answer


def look_at(answer: StrictResponse) -> None:
    """Everything that a suite may look at, and the errors that it may meet there."""
    for name, look in LOOKS.items():
        with suppress(*KNOWN.get(name, ())):
            look(answer)
