"""Peers of an app: listens on the box's own loopback and passes bytes on to the host.

A connection that the app makes is joined to a line, a connected socket that the host has sent.
Nothing is looked at here: what a peer answers is decided on the host's side.
"""

import asyncio
import os
import socket
from typing import NoReturn

ADDRESS = "127.0.0.1"
CHUNK_BYTES = 1 << 16
BACKLOG = 64


class Peer:
    """One address that an app may call, and the pipe through which its lines come."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.listener = socket.create_server((ADDRESS, 0), backlog=BACKLOG)
        self.supply, self.lines = socket.socketpair()
        for each in (self.listener, self.lines):
            each.setblocking(False)

    @property
    def environment(self) -> dict[str, str]:
        """Where the app finds this peer, in a variable that is named after it."""
        return {f"{self.name.upper()}_URL": f"http://{ADDRESS}:{self.listener.getsockname()[1]}"}

    @property
    def descriptors(self) -> tuple[int, int]:
        """What the relay's own process has to keep open."""
        return self.listener.fileno(), self.lines.fileno()

    def close(self) -> None:
        """Close everything that is open here."""
        for each in (self.listener, self.supply, self.lines):
            each.close()


def run(peers: list[Peer]) -> NoReturn:
    """Join connections to lines until the box ends it; never returns."""
    try:
        asyncio.run(_serve(peers))
    finally:
        os._exit(0)


async def _serve(peers: list[Peer]) -> None:
    await asyncio.gather(*(_serve_one(peer) for peer in peers))


async def _serve_one(peer: Peer) -> None:
    loop = asyncio.get_running_loop()
    joined = set()
    while True:
        connection, _address = await loop.sock_accept(peer.listener)
        # An answer in two pieces would wait 40 ms for the first one's receipt.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = await _next_line(loop, peer.lines)
        task = loop.create_task(_join(connection, line))
        joined.add(task)
        task.add_done_callback(joined.discard)


async def _next_line(loop: asyncio.AbstractEventLoop, lines: socket.socket) -> socket.socket:
    """The next socket that the host has sent, or will send."""
    while True:
        try:
            _byte, descriptors, _flags, _address = socket.recv_fds(lines, 1, 1)
        except BlockingIOError:
            arrived = asyncio.Event()
            loop.add_reader(lines, arrived.set)
            await arrived.wait()
            loop.remove_reader(lines)
            continue
        return socket.socket(fileno=descriptors[0])


async def _join(connection: socket.socket, line: socket.socket) -> None:
    """Pass bytes both ways; when one end is over, so is the other."""
    app = await asyncio.open_connection(sock=connection)
    host = await asyncio.open_unix_connection(sock=line)
    ways = [asyncio.create_task(_pass_on(*way)) for way in ((app[0], host[1]), (host[0], app[1]))]
    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    for way in ways:
        way.cancel()
    for _reader, writer in (app, host):
        writer.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(CHUNK_BYTES):
            writer.write(data)
            await writer.drain()
    except OSError:
        return  # one end has gone away: so will the other
