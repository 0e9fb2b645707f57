"""Boxes made ahead: each waits with warm imports, is used once, and is replaced off the way."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.box import Box, Sandbox
from sandbox.demand import Demand
from sandbox.errors import SandboxError
from sandbox.limits import Limits

PATIENCE_SECONDS = 0.3
"""How long an empty shelf waits while boxes are at work: verdicts come before new boxes."""

UNWANTED_SECONDS = 600.0
"""Boxes of a kind that nobody has asked for this long are given up."""

OLDEST_BOX_SECONDS = 3000.0
"""Waiting boxes are replaced well before their own time is over."""

FAILURE_PAUSE_SECONDS = 5.0

logger = logging.getLogger(__name__)

Kind = tuple[str, Limits]


@dataclass
class Shelf:
    """Waiting boxes of one kind with the time they were made, and how they are wanted."""

    boxes: deque[tuple[float, Box]] = field(default_factory=deque)
    wanted_at: float = field(default_factory=time.monotonic)
    demand: Demand = field(default_factory=Demand)


class Pool:
    """A sandbox in front of another one: the same boxes, mostly without the wait.

    At least `least` boxes of a kind wait, and up to `most` when so many were lately asked for
    together; a kind is runtime and limits, since limits are set when a box is made. Under a
    burst that is bigger, boxes are made on demand as if there were no pool.
    """

    def __init__(self, sandbox: Sandbox, least: int, most: int | None = None) -> None:
        self.name = sandbox.name
        self.isolates = sandbox.isolates
        self._sandbox = sandbox
        self._least = least
        self._most = least if most is None else most
        self._shelves: dict[Kind, Shelf] = {}
        self._changed = threading.Condition()
        self._out = 0
        self._patient_until = 0.0
        self._closed = False
        self._refiller = threading.Thread(target=self._refill, name="refill-pool", daemon=True)

    def prepare(self) -> None:
        """Prepare the sandbox behind; from now on wanted kinds are kept in stock."""
        self._sandbox.prepare()
        self._refiller.start()

    def want(self, runtime: str, limits: Limits) -> None:
        """Say that a box of this kind is going to be asked for."""
        with self._changed:
            self._shelf((runtime, limits))
            self._changed.notify_all()

    def open(self, runtime: str, limits: Limits) -> Box:
        """A waiting box that is still alive, else a new one."""
        with self._changed:
            shelf = self._shelf((runtime, limits))
            box = _take(shelf)
            shelf.demand.record(time.monotonic())
            self._out += 1
            self._patient_until = time.monotonic() + PATIENCE_SECONDS
            self._changed.notify_all()
        try:
            box = box or self._sandbox.open(runtime, limits)
        except BaseException:
            self._came_back()
            raise
        box.when_closed = self._came_back
        return box

    def close(self) -> None:
        """Destroy what waits; boxes that are out belong to whoever took them."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._refiller.ident:
            self._refiller.join()
        self._sandbox.close()

    def _came_back(self) -> None:
        with self._changed:
            self._out -= 1
            self._changed.notify_all()

    def _shelf(self, kind: Kind) -> Shelf:
        shelf = self._shelves.setdefault(kind, Shelf())
        shelf.wanted_at = time.monotonic()
        return shelf

    def _refill(self) -> None:
        while kind := self._next_kind():
            try:
                box = self._sandbox.open(*kind)
            except SandboxError as error:
                logger.warning("No box for the pool: %s", error)
                with self._changed:
                    self._changed.wait(FAILURE_PAUSE_SECONDS)
                continue
            with self._changed:
                shelf = self._shelves.setdefault(kind, Shelf())
                shelf.boxes.append((time.monotonic(), box))
        self._give_up(lambda _made, _shelf: True)

    def _next_kind(self) -> Kind | None:
        """The kind that is shortest of boxes, waiting until there is one; nothing at the end."""
        with self._changed:
            while not self._closed:
                kind = self._shortest()
                if kind is not None:
                    return kind
                patience = self._patient_until - time.monotonic()
                self._changed.wait(patience if patience > 0 else UNWANTED_SECONDS / 10)
                self._give_up(self._is_too_much)
        return None

    def _shortest(self) -> Kind | None:
        """While boxes are at work only an empty shelf is filled, and that not at once."""
        bound = self._most
        if self._out:
            bound = 1 if time.monotonic() >= self._patient_until else 0
        short = [
            kind
            for kind, shelf in self._shelves.items()
            if len(shelf.boxes) < min(self._enough(shelf), bound)
        ]
        return min(short, key=lambda kind: len(self._shelves[kind].boxes), default=None)

    def _enough(self, shelf: Shelf) -> int:
        wanted = shelf.demand.biggest_burst(time.monotonic())
        return min(max(wanted, self._least), max(self._most, self._least))

    def _is_too_much(self, made: float, shelf: Shelf) -> bool:
        return _is_stale(made, shelf) or len(shelf.boxes) > self._enough(shelf)

    def _give_up(self, is_over: Callable[[float, Shelf], bool]) -> None:
        for kind, shelf in list(self._shelves.items()):
            for made, box in list(shelf.boxes):
                if is_over(made, shelf):
                    shelf.boxes.remove((made, box))
                    box.close()
            if not shelf.boxes and time.monotonic() - shelf.wanted_at > UNWANTED_SECONDS:
                del self._shelves[kind]


def _take(shelf: Shelf) -> Box | None:
    """The oldest waiting box that has not died while it waited."""
    while shelf.boxes:
        _made, box = shelf.boxes.popleft()
        if box.alive():
            return box
        box.close()
    return None


def _is_stale(made: float, shelf: Shelf) -> bool:
    now = time.monotonic()
    return now - made > OLDEST_BOX_SECONDS or now - shelf.wanted_at > UNWANTED_SECONDS
