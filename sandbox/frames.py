"""The host's end of the frames that cross the wall: bytes until length and schema are checked."""

import json
import select
import socket
import time
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from sandbox.errors import BoxLost

MAX_FRAME_BYTES = 256 * 1024
MAX_TEXT = 64 * 1024
MAX_FILE_BYTES = 64 * 1024
LENGTH_BYTES = 4


class _Frame(BaseModel):
    """No agent may send a key that we do not know, or a text without end."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Hello(_Frame):
    """The agent is warm; sent before any candidate code exists in the box."""

    event: Literal["hello"]
    python: str = Field(max_length=40)
    fastapi: str = Field(max_length=40)


class Ready(_Frame):
    """The app's start-up is through: the clock of the tests may start."""

    event: Literal["ready"]
    app: int


class Failed(_Frame):
    """The app ended before it was ready."""

    event: Literal["failed"]
    app: int
    exit_code: int
    cpu_seconds: float
    too_much_output: bool
    reason: str = Field(default="exited", max_length=40)
    message: str = Field(default="", max_length=4000)
    file: str | None = Field(default=None, max_length=500)
    line: int | None = None
    output: str = Field(max_length=MAX_TEXT)
    output_bytes: int


class Exited(_Frame):
    """A ready app ended by itself: a negative exit code is the signal that ended it."""

    event: Literal["exited"]
    app: int
    exit_code: int
    cpu_seconds: float
    too_much_output: bool


class Stopped(_Frame):
    """The answer to `stop`: what the app printed, cut."""

    event: Literal["stopped"]
    app: int
    output: str = Field(default="", max_length=MAX_TEXT)
    output_bytes: int = 0


class Seen(_Frame):
    """The answer to `look`: what the app has printed so far, and the file that was asked for."""

    event: Literal["seen"]
    app: int
    output: str = Field(default="", max_length=MAX_TEXT)
    output_bytes: int = 0
    content: str | None = Field(default=None, max_length=2 * MAX_FILE_BYTES, pattern=r"^[0-9a-f]*$")
    """The first bytes of the file as hexadecimal digits; nothing if there is no such plain file.

    For a folder/ they are the names in it, each followed by a zero byte.
    """


Frame = Hello | Ready | Failed | Exited | Stopped | Seen
_FRAMES: TypeAdapter[Frame] = TypeAdapter(Frame)


def send(channel: socket.socket, message: dict[str, object], *descriptors: int) -> None:
    """Send one order, with descriptors of ours if any.

    Raises `BoxLost` when the box no longer listens.
    """
    data = json.dumps(message).encode()
    try:
        socket.send_fds(channel, [len(data).to_bytes(LENGTH_BYTES, "big")], descriptors)
        channel.sendall(data)
    except OSError as error:
        raise BoxLost(f"The box does not take orders any more ({error}).") from error


def receive(channel: socket.socket, seconds: float) -> Frame:
    """Read one frame within `seconds` of wall time, however slowly its bytes arrive.

    Raises `TimeoutError`, or `BoxLost` when the box is gone or says what no agent says.
    """
    deadline = time.monotonic() + seconds
    length = int.from_bytes(_exactly(channel, LENGTH_BYTES, deadline), "big")
    if length > MAX_FRAME_BYTES:
        raise BoxLost(f"The box announced {length} bytes, the limit is {MAX_FRAME_BYTES}.")
    data = _exactly(channel, length, deadline)
    try:
        return _FRAMES.validate_json(data, strict=True)
    except ValidationError as error:
        raise BoxLost("The box sent a frame that no agent sends.") from error


def _exactly(channel: socket.socket, count: int, deadline: float) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        left = max(deadline - time.monotonic(), 0.0)
        if not select.select([channel], [], [], left)[0]:
            raise TimeoutError
        try:
            # No room for descriptors is offered: the kernel closes any that a box would send.
            part = channel.recv(count - len(parts))
        except OSError as error:
            raise BoxLost(f"The box is gone ({error}).") from error
        if not part:
            raise BoxLost("The box is gone.")
        parts += part
    return bytes(parts)
