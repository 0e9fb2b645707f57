"""One start of the candidate's app as the agent sees it: its pipes, its peers, what it said."""

import json
import os
import socket
from typing import Any

import relay
from output import Output

READ_BYTES = 1 << 16


def read(pipe: int) -> bytes:
    """What is in the pipe right now."""
    try:
        return os.read(pipe, READ_BYTES)
    except BlockingIOError:
        return b""


class App:
    """One start of the candidate's app and the pipes to it."""

    def __init__(
        self,
        number: int,
        limits: dict[str, float],
        status: int,
        output: int,
        listener: socket.socket,
        peers: list[relay.Peer],
    ) -> None:
        self.number = number
        self.pid = 0
        self.status = status
        self.output_pipe = output
        self.listener = listener
        self.peers = peers
        self.output = Output(int(limits["output_kb"]) * 1024)
        self.said = b""
        self.ready = False
        self.ended = False

    def close(self) -> None:
        """Close the pipes; what was printed stays readable."""
        os.close(self.status)
        os.close(self.output_pipe)
        self.listener.close()
        for peer in self.peers:
            peer.close()

    def take_status(self) -> bool:
        """Read what the child says about its start; true when it has just become ready."""
        self.said += read(self.status)[:READ_BYTES]
        if not self.ready and self.answer().get("ready"):
            self.ready = True
            return True
        return False

    def answer(self) -> dict[str, Any]:
        """The child's first status line, or nothing as long as there is none."""
        line, newline, _rest = self.said.partition(b"\n")
        try:
            answer = json.loads(line) if newline else {}
        except (ValueError, RecursionError):
            answer = {}
        return answer if isinstance(answer, dict) else {}
