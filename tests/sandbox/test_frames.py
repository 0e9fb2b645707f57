"""Frames from a box are bytes of bounded size until their schema holds, however they arrive."""

import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from sandbox import frames
from sandbox.errors import BoxLost

READY = {"event": "ready", "app": 1}
PATIENCE_SECONDS = 0.3


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The host's end and the box's end of one control socket."""
    here, there = socket.socketpair()
    with here, there:
        yield here, there


def packed(message: object) -> bytes:
    data = json.dumps(message).encode()
    return len(data).to_bytes(frames.LENGTH_BYTES, "big") + data


def test_a_frame_arrives_whole(ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    there.sendall(packed(READY))
    assert frames.receive(here, 1) == frames.Ready(event="ready", app=1)


def test_two_frames_in_one_gulp_stay_two(ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    there.sendall(packed(READY) + packed({"event": "stopped", "app": 1, "output": "bye"}))
    frames.receive(here, 1)
    assert frames.receive(here, 1) == frames.Stopped(event="stopped", app=1, output="bye")


def test_a_length_over_the_cap_is_refused_before_anything_is_read(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    here, there = ends
    there.sendall((frames.MAX_FRAME_BYTES + 1).to_bytes(frames.LENGTH_BYTES, "big"))
    with pytest.raises(BoxLost, match=f"limit is {frames.MAX_FRAME_BYTES}"):
        frames.receive(here, PATIENCE_SECONDS)


@pytest.mark.parametrize(
    "message",
    [
        READY | {"score": 100},
        {"event": "passed", "app": 1},
        {"event": "ready"},
        {"event": "ready", "app": "1"},
        {"event": "ready", "app": True},
        {"event": "stopped", "app": 1, "output": "x" * (frames.MAX_TEXT + 1)},
        {"event": "stopped", "app": 1, "output": "\ud800"},
        ["ready"],
        None,
    ],
    ids=[
        *("unknown key", "unknown event", "missing key", "number as text", "truth as number"),
        *("endless text", "half a character", "a list", "null"),
    ],
)
def test_what_no_agent_sends_is_refused(
    message: object, ends: tuple[socket.socket, socket.socket]
) -> None:
    here, there = ends
    there.sendall(packed(message))
    with pytest.raises(BoxLost, match="no agent sends"):
        frames.receive(here, 1)


def test_dripping_bytes_do_not_move_the_deadline(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    here, there = ends
    over = threading.Event()

    def drip() -> None:
        for byte in packed({"event": "stopped", "app": 1, "output": "x" * 200}):
            if over.wait(PATIENCE_SECONDS / 5):
                return
            there.send(bytes([byte]))

    dripping = threading.Thread(target=drip)
    dripping.start()
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        frames.receive(here, PATIENCE_SECONDS)
    took = time.monotonic() - begun
    over.set()
    dripping.join()
    assert PATIENCE_SECONDS <= took < PATIENCE_SECONDS * 4


@pytest.mark.parametrize("sent", [b"", b"\0\0", packed(READY)[:-1]])
def test_a_box_that_ends_is_lost_and_not_waited_for(
    sent: bytes, ends: tuple[socket.socket, socket.socket]
) -> None:
    here, there = ends
    there.sendall(sent)
    there.close()
    begun = time.monotonic()
    with pytest.raises(BoxLost, match="gone"):
        frames.receive(here, 30)
    assert time.monotonic() - begun < 10


def test_an_order_to_a_box_that_ended_says_so(ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    there.close()
    with pytest.raises(BoxLost, match="orders"):
        frames.send(here, {"op": "stop", "app": 1})


def test_descriptors_from_a_box_are_never_taken_in(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    here, there = ends
    mine, given = socket.socketpair()
    with mine:
        mine.settimeout(5)
        with given:
            socket.send_fds(there, [packed(READY)], [given.fileno()])
        frames.receive(here, 1)
        # The kernel has closed the copy that was on its way: nobody holds the other end any more.
        assert mine.recv(1) == b""
