"""The pool hands out boxes that wait, makes others on demand, and keeps out of the way of work."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from sandbox.box import Box
from sandbox.channel import Channel
from sandbox.demand import Demand
from sandbox.errors import BoxUnavailable
from sandbox.limits import Limits
from sandbox.pool import Pool

LIMITS = Limits()
OTHER = Limits(memory_mb=512)


class PaperBox(Box):
    """A box without anything in it; `die` is what a lost agent looks like."""

    def __init__(self) -> None:
        control, self._there = socket.socketpair()
        self.channel = Channel(control)
        self.is_closed = False

    def die(self) -> None:
        self._there.close()

    def close(self) -> None:
        if not self.is_closed:
            self.is_closed = True
            self.channel.control.close()
            self._there.close()
            self.when_closed()


class PaperSandbox:
    """Makes paper boxes and remembers them."""

    name = "paper"
    isolates = True

    def __init__(self) -> None:
        self.made: list[PaperBox] = []
        self.makers: list[str] = []
        self.refuses = False
        self.is_closed = False

    def prepare(self) -> None:
        pass

    def open(self, runtime: str, limits: Limits) -> Box:
        if self.refuses:
            raise BoxUnavailable("no boxes today")
        self.makers.append(threading.current_thread().name)
        self.made.append(PaperBox())
        return self.made[-1]

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def paper() -> PaperSandbox:
    return PaperSandbox()


@pytest.fixture
def pool(paper: PaperSandbox) -> Iterator[Pool]:
    made = Pool(paper, 2)
    made.prepare()
    yield made
    made.close()
    assert [box for box in paper.made if not box.is_closed] == []
    assert paper.is_closed


def until(is_so: Callable[[], bool]) -> None:
    """Wait a few seconds at most."""
    deadline = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < deadline, "It did not come to that in time."
        time.sleep(0.01)


def waiting(paper: PaperSandbox) -> int:
    return sum(not box.is_closed for box in paper.made)


def filled(pool: Pool, paper: PaperSandbox, count: int) -> None:
    pool.want("fastapi", LIMITS)
    until(lambda: len(paper.made) == count)


def test_a_wanted_kind_is_made_ahead(pool: Pool, paper: PaperSandbox) -> None:
    filled(pool, paper, 2)
    with pool.open("fastapi", LIMITS) as box:
        assert box is paper.made[0]
    assert set(paper.makers) == {"refill-pool"}


def test_every_box_is_handed_out_once(pool: Pool, paper: PaperSandbox) -> None:
    filled(pool, paper, 2)
    boxes = [pool.open("fastapi", LIMITS) for _ in range(4)]
    assert len({id(box) for box in boxes}) == 4
    for box in boxes:
        box.close()


def test_an_empty_shelf_makes_a_box_on_demand(pool: Pool, paper: PaperSandbox) -> None:
    with pool.open("fastapi", OTHER):
        assert paper.makers[0] == threading.current_thread().name


def test_other_limits_are_another_kind(pool: Pool, paper: PaperSandbox) -> None:
    filled(pool, paper, 2)
    with pool.open("fastapi", OTHER) as box:
        assert box not in paper.made[:2]


def test_a_box_that_died_while_it_waited_is_not_handed_out(pool: Pool, paper: PaperSandbox) -> None:
    filled(pool, paper, 2)
    paper.made[0].die()
    with pool.open("fastapi", LIMITS) as box:
        assert box is paper.made[1]
    assert paper.made[0].is_closed


def test_it_refills_when_the_work_is_done(pool: Pool, paper: PaperSandbox) -> None:
    filled(pool, paper, 2)
    box = pool.open("fastapi", LIMITS)
    time.sleep(0.5)
    assert len(paper.made) == 2, "A box was made while another was at work."
    box.close()
    until(lambda: len(paper.made) == 3)


def test_a_long_job_does_not_leave_the_shelf_empty(pool: Pool, paper: PaperSandbox) -> None:
    filled(pool, paper, 2)
    boxes = [pool.open("fastapi", LIMITS), pool.open("fastapi", LIMITS)]
    until(lambda: len(paper.made) == 3)
    for box in boxes:
        box.close()


def test_after_a_burst_more_boxes_wait_but_never_too_many(paper: PaperSandbox) -> None:
    pool = Pool(paper, 1, 3)
    pool.prepare()
    filled(pool, paper, 1)
    for box in [pool.open("fastapi", LIMITS) for _ in range(5)]:
        box.close()
    until(lambda: waiting(paper) == 3)
    pool.close()


def test_when_bursts_are_forgotten_the_shelf_shrinks(
    paper: PaperSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = Pool(paper, 1, 3)
    pool.prepare()
    for box in [pool.open("fastapi", LIMITS) for _ in range(3)]:
        box.close()
    until(lambda: waiting(paper) == 3)
    monkeypatch.setattr("sandbox.demand.REMEMBERED_SECONDS", 0)
    pool.want("fastapi", LIMITS)
    until(lambda: waiting(paper) == 1)
    pool.close()


def test_only_what_is_asked_for_together_is_a_burst() -> None:
    demand = Demand()
    for moment in (0.0, 30.0, 60.0, 61.0, 62.0, 100.0):
        demand.record(moment)
    assert demand.biggest_burst(100.0) == 3
    assert demand.biggest_burst(2000.0) == 0


def test_a_refusal_reaches_whoever_asked_and_is_forgotten(pool: Pool, paper: PaperSandbox) -> None:
    paper.refuses = True
    with pytest.raises(BoxUnavailable):
        pool.open("fastapi", OTHER)
    paper.refuses = False
    with pool.open("fastapi", OTHER):
        pass
