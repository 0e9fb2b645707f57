"""Frames on the control socket: four bytes of length, then JSON; descriptors ride along."""

import json
import socket
from typing import Any

LENGTH_BYTES = 4
MAX_DESCRIPTORS = 1


class ChannelClosed(Exception):
    """The host closed the control socket: there is nobody left to serve."""


def send(channel: socket.socket, message: dict[str, Any]) -> None:
    """Write one message; blocks until the host has room for it."""
    data = json.dumps(message).encode()
    channel.sendall(len(data).to_bytes(LENGTH_BYTES, "big") + data)


def receive(channel: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Read one message and the descriptors that came with its first byte."""
    head, descriptors = _receive_head(channel)
    length = int.from_bytes(head, "big")
    return json.loads(_receive_exactly(channel, length)), descriptors


def _receive_head(channel: socket.socket) -> tuple[bytes, list[int]]:
    head, descriptors, _flags, _address = socket.recv_fds(channel, LENGTH_BYTES, MAX_DESCRIPTORS)
    if not head:
        raise ChannelClosed
    return head + _receive_exactly(channel, LENGTH_BYTES - len(head)), descriptors


def _receive_exactly(channel: socket.socket, count: int) -> bytes:
    parts = []
    while count:
        part = channel.recv(min(count, 1 << 16))
        if not part:
            raise ChannelClosed
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
