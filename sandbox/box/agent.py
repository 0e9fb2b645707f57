"""First process of a box: imports what apps need, waits, and forks a fresh app when asked.

Runs inside the box with nothing but the standard library and what it serves. Nothing it says
is believed by the host once an app has been started.
"""

import gc

gc.disable()  # imports leave next to no garbage, and looking for it took a tenth of their time

import argparse
import contextlib
import ctypes
import importlib
import os
import selectors
import signal
import socket
import sys
import time
from functools import partial
from pathlib import Path
from resource import struct_rusage
from typing import Any

import families
import fastapi
import files
import frames
import rehearsal
import relay
import serve
from start import App, read

PR_SET_DUMPABLE = 4
HIGHEST_DESCRIPTOR = 4096

Order = dict[str, Any]


class Agent:
    """Carries out the host's orders; one app is alive at a time."""

    def __init__(self, channel: socket.socket, places: list[Path], lifetime_seconds: float) -> None:
        self.channel = channel
        self.places = places
        self.until = time.monotonic() + lifetime_seconds
        self.files: dict[str, str] = {}
        self.app: App | None = None
        self.selector = selectors.DefaultSelector()
        self.selector.register(channel, selectors.EVENT_READ, self._on_order)
        self._watch_children()

    def run(self) -> None:
        """Serve orders until the host goes away or the box has lived long enough."""
        frames.send(
            self.channel,
            {"event": "hello", "python": sys.version.split()[0], "fastapi": fastapi.__version__},
        )
        while (left := self.until - time.monotonic()) > 0:
            for key, _events in self.selector.select(left):
                if self.selector.get_map().get(key.fd) == key:
                    key.data()

    def _watch_children(self) -> None:
        self.wakeup, writer = os.pipe()
        os.set_blocking(self.wakeup, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.selector.register(self.wakeup, selectors.EVENT_READ, self._on_child)

    def _on_order(self) -> None:
        order, descriptors = frames.receive(self.channel)
        getattr(self, "order_" + order["op"])(order, descriptors)

    def order_files(self, order: Order, _descriptors: list[int]) -> None:
        """Keep the submission in memory; every start writes it afresh."""
        self.files = order["files"]

    def order_start(self, order: Order, _descriptors: list[int]) -> None:
        """Fork a fresh app; the answer follows when it is ready or has ended."""
        self._end_app()
        folder = self._fresh_folder()
        peers = self._start_peers(order["peers"])
        status, status_there = os.pipe()
        output, output_there = os.pipe()
        listener, listener_there = socket.socketpair()
        app = App(order["app"], order["limits"], status, output, listener, peers)
        app.pid = os.fork()
        if app.pid == 0:
            try:
                for peer in peers:
                    order["environment"] |= peer.environment
                self._leave_agent((status_there, output_there, listener_there.fileno()))
                serve.run(order, folder, listener_there.detach(), status_there, output_there)
            finally:
                os._exit(1)  # never come back as a second agent
        os.close(status_there)
        os.close(output_there)
        listener_there.close()
        os.set_blocking(status, False)
        os.set_blocking(output, False)
        self.app = app
        self.selector.register(status, selectors.EVENT_READ, partial(self._on_status, app))
        self.selector.register(output, selectors.EVENT_READ, partial(self._on_output, app))

    def order_connect(self, order: Order, descriptors: list[int]) -> None:
        """Hand a connected socket to the app, which serves it as an accepted connection."""
        for descriptor in descriptors:
            if self.app and self.app.number == order["app"]:
                # An app that is gone takes nothing: the closed socket tells the host.
                with contextlib.suppress(OSError):
                    socket.send_fds(self.app.listener, [b"c"], [descriptor])
            os.close(descriptor)

    def order_line(self, order: Order, descriptors: list[int]) -> None:
        """Keep one more connection ready for a peer of the running app."""
        for descriptor in descriptors:
            if self.app and self.app.number == order["app"]:
                with contextlib.suppress(OSError):
                    socket.send_fds(self.app.peers[order["peer"]].supply, [b"l"], [descriptor])
            os.close(descriptor)

    def order_signal(self, order: Order, _descriptors: list[int]) -> None:
        """Send the app a signal, as whoever runs it would; how it ends is told when it has."""
        if self.app and self.app.number == order["app"] and not self.app.ended:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.app.pid, order["signal"])

    def order_look(self, order: Order, _descriptors: list[int]) -> None:
        """Say what the app has printed so far, and what a file, or a folder/, in its own holds."""
        app = self.app
        if app:
            app.output.add(read(app.output_pipe))
        name = order["file"]
        look_at = files.names if name.endswith("/") else files.read
        found = look_at(self.places[0], name.rstrip("/"), order["bytes"]) if name else None
        printed = {"output": app.output.text(), "output_bytes": app.output.count} if app else {}
        frames.send(
            self.channel, {"event": "seen", "app": order["app"], "content": found, **printed}
        )

    def order_stop(self, order: Order, _descriptors: list[int]) -> None:
        """Kill the app and everything it started, then say what it printed."""
        app = self.app
        self._end_app()
        printed = {"output": app.output.text(), "output_bytes": app.output.count} if app else {}
        frames.send(self.channel, {"event": "stopped", "app": order["app"], **printed})

    def _start_peers(self, names: list[str]) -> list[relay.Peer]:
        """Addresses for the app to call, served by a process of their own that ends with it."""
        peers = [relay.Peer(name) for name in names]
        if peers and os.fork() == 0:
            try:
                self._leave_agent(tuple(fd for peer in peers for fd in peer.descriptors))
                relay.run(peers)
            finally:
                os._exit(1)
        return peers

    def _leave_agent(self, kept: tuple[int, ...]) -> None:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.selector.close()
        low = 3
        for descriptor in sorted(kept):
            os.closerange(low, descriptor)
            low = descriptor + 1
        os.closerange(low, HIGHEST_DESCRIPTOR)

    def _fresh_folder(self) -> str:
        for place in self.places:
            families.empty(place)
        folder = self.places[0]
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return str(folder)

    def _on_status(self, app: App) -> None:
        if app.take_status():
            frames.send(self.channel, {"event": "ready", "app": app.number})
        if app.said:
            self.selector.unregister(app.status)

    def _on_output(self, app: App) -> None:
        data = read(app.output_pipe)
        app.output.add(data)
        if not data or app.output.over:
            self.selector.unregister(app.output_pipe)
        if app.output.over:
            families.kill_all()

    def _on_child(self) -> None:
        read(self.wakeup)
        for pid, status, usage in families.reap():
            if self.app and pid == self.app.pid and not self.app.ended:
                self._say_ended(self.app, status, usage)

    def _say_ended(self, app: App, status: int, usage: struct_rusage) -> None:
        app.ended = True
        families.kill_all()
        app.take_status()
        while data := read(app.output_pipe):
            app.output.add(data)
        message: dict[str, Any] = {
            "event": "exited" if app.ready else "failed",
            "app": app.number,
            "exit_code": os.waitstatus_to_exitcode(status),
            "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 3),
            "too_much_output": app.output.over,
        }
        if not app.ready:
            known = ("reason", "message", "file", "line")
            message |= {k: v for k, v in app.answer().items() if k in known}
            message |= {"output": app.output.text(), "output_bytes": app.output.count}
        frames.send(self.channel, message)

    def _end_app(self) -> None:
        app, self.app = self.app, None
        if not app:
            return
        families.kill_all()
        families.wait_for_all()
        while data := read(app.output_pipe):
            app.output.add(data)
        for pipe in (app.status, app.output_pipe):
            if pipe in self.selector.get_map():
                self.selector.unregister(pipe)
        app.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--socket", help="path of the host's socket")
    parser.add_argument("--control-fd", type=int, help="descriptor of the host's socket")
    parser.add_argument("--places", nargs="+", type=Path, required=True)
    parser.add_argument("--lifetime-seconds", type=float, required=True)
    parser.add_argument("--preload", nargs="*", default=[], help="modules to import ahead")
    return parser.parse_args()


def _channel(arguments: argparse.Namespace) -> socket.socket:
    if arguments.control_fd is not None:
        return socket.socket(fileno=arguments.control_fd)
    channel = socket.socket(socket.AF_UNIX)
    channel.connect(arguments.socket)
    return channel


def main() -> None:
    """Warm up, report for duty, serve."""
    arguments = _arguments()
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    families.adopt_orphans()
    rehearsal.once()
    for module in arguments.preload:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
    channel = _channel(arguments)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    try:
        Agent(channel, arguments.places, arguments.lifetime_seconds).run()
    except (frames.ChannelClosed, OSError):
        pass  # the host is gone: so is our work
    finally:
        families.kill_all()
        families.wait_for_all()


if __name__ == "__main__":
    main()
