"""Suites do not sleep, hold no stopwatch, and never fail without a word."""

from __future__ import annotations

import pytest

from graders.proof.suite_rules import SILENT, SLEEPING, TIMING, breaches

SLEEPERS = {
    "plain": "import time\n\ntime.sleep(1)\n",
    "renamed": "from time import sleep as nap\n\nnap(0.1)\n",
    "module renamed": "import time as clock\n\nclock.sleep(0.1)\n",
    "async": "import asyncio\n\nasyncio.run(asyncio.sleep(1))\n",
    "an event nobody sets": "import threading\n\nthreading.Event().wait(0.5)\n",
    "an event with a name": "from threading import Event\nnever = Event()\nnever.wait(timeout=2)\n",
}
STOPWATCHES = {
    "monotonic": "import time\n\nbegun = time.monotonic()\n",
    "perf_counter": "from time import perf_counter\n\nbegun = perf_counter()\n",
    "the clock, twice": "import time\nbegun = time.time()\nassert time.time() - begun < 1, 'slow'\n",
    "a deadline": "import time\nend = time.time() + 5\nwhile time.time() < end:\n    pass\n",
    "dates": (
        "from datetime import datetime\nbegun = datetime.now()\n"
        "assert (datetime.now() - begun).seconds < 2, 'slow'\n"
    ),
    "httpx's own": "def test_it(api):\n    assert api.get('/').elapsed.seconds < 1, 'slow'\n",
}
SILENT_ONES = {
    "assert": "def test_it():\n    assert 1 == 2\n",
    "an empty message": "def test_it():\n    assert 1 == 2, ''\n",
    "pytest.fail": "import pytest\n\npytest.fail()\n",
    "an error without text": "raise AssertionError\n",
    "an error called without text": "raise AssertionError()\n",
}
FINE = {
    "an expiry after now": (
        "import time\n\n\ndef test_it(api):\n"
        "    left = api.get('/').json()['exp'] - time.time()\n    assert left > 0, 'expired'\n"
    ),
    "somebody else's wait": "def test_it(peer):\n    peer.wait(3)\n",
    "an event that is set": "from threading import Event\nset_one = Event()\nset_one.wait()\n",
    "own words": "import pytest\n\npytest.fail('it broke')\nassert x, f'{x} is nothing'\n",
    "an error of its own": "raise AssertionError('it broke')\nraise ValueError\n",
    "a sleep of ours": "def sleep(seconds):\n    return seconds\n\n\nsleep(3)\n",
}


def found(source: str) -> list[tuple[str, str]]:
    return [(each.place, each.message) for each in breaches("hidden/test_x.py", source)]


@pytest.mark.parametrize("way", SLEEPERS)
def test_a_suite_that_sleeps_is_found_with_its_line(way: str) -> None:
    source = SLEEPERS[way]
    line = source.count("\n")
    assert found(source) == [(f"hidden/test_x.py:{line}", SLEEPING)]


@pytest.mark.parametrize("way", STOPWATCHES)
def test_a_suite_that_measures_time_is_found(way: str) -> None:
    messages = {message for _, message in found(STOPWATCHES[way])}
    assert messages == {TIMING}


@pytest.mark.parametrize("way", SILENT_ONES)
def test_a_failure_without_a_message_is_found(way: str) -> None:
    assert [message for _, message in found(SILENT_ONES[way])] == [SILENT]


@pytest.mark.parametrize("way", FINE)
def test_what_is_fair_is_not_found(way: str) -> None:
    assert found(FINE[way]) == []


def test_each_line_is_told_once() -> None:
    source = "import time\n\n\ndef test_it():\n    time.sleep(1)\n    time.sleep(1)\n"
    places = [place for place, _ in found(source)]
    assert places == ["hidden/test_x.py:5", "hidden/test_x.py:6"]
