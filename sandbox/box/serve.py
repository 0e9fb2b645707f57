"""The forked child: loads the candidate's app and serves it on connections handed to it."""

import asyncio
import ctypes
import gc
import importlib
import io
import json
import os
import resource
import socket
import sys
import traceback
import types
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import anyio._backends._asyncio  # noqa: F401  (else imported at an app's first threaded route)
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

PR_SET_DUMPABLE = 4
MAX_MESSAGE = 300
OWN_MODULES = (
    *("agent", "families", "files", "frames", "output", "rehearsal", "relay", "serve", "start"),
)
MEGABYTE = 1024 * 1024

Report = Callable[[dict[str, object]], None]


class StartFailure(Exception):
    """The app cannot be served; carries the fields of the answer to the host."""

    def __init__(self, reason: str, message: str, **place: object) -> None:
        super().__init__(message)
        self.answer = {"reason": reason, "message": message, **place}


class HandedListener(socket.socket):
    """Looks like a listening socket; its connections are descriptors that the agent hands over."""

    def listen(self, backlog: int = 0, /) -> None:
        """Nothing to do: whoever holds the other end decides who connects."""

    def accept(self) -> tuple[socket.socket, str]:
        byte, descriptors, _flags, _address = socket.recv_fds(self, 1, 1)
        if not byte:
            raise BlockingIOError
        connection = socket.socket(fileno=descriptors[0])
        connection.setblocking(False)
        return connection, ""


class ReportingServer(uvicorn.Server):
    """Tells the agent when start-up is through, so that the clock of the tests starts there."""

    def __init__(self, config: uvicorn.Config, report: Report) -> None:
        super().__init__(config)
        self._report = report

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._report({"ready": True})


def run(
    order: dict[str, Any], folder: str, listener_fd: int, status_fd: int, output_fd: int
) -> NoReturn:
    """Become the app: never returns. `order` holds the entry and the limits of this start."""
    _settle(folder, output_fd, order["limits"])
    os.environ.update(order["environment"])
    code = 1
    try:
        _serve(order["entry"], listener_fd, lambda answer: _report(status_fd, answer))
        code = 0
    except StartFailure as failure:
        _report(status_fd, failure.answer)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException as error:  # noqa: BLE001  (whatever ends the app is printed)
        _print_without_our_frames(error)
    finally:
        _flush()
        os._exit(code & 0xFF)


def _settle(folder: str, output_fd: int, limits: dict[str, float]) -> None:
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(output_fd, 1)
    os.dup2(output_fd, 2)
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        raw = os.fdopen(descriptor, "wb", closefd=False)
        text = io.TextIOWrapper(raw, encoding="utf-8", errors="replace", line_buffering=True)
        setattr(sys, name, text)
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
    _die_first_when_memory_ends()
    cpu = int(limits["cpu_seconds"])
    files = int(limits["open_files"])
    size = int(limits["file_mb"]) * MEGABYTE
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.chdir(folder)
    sys.path[0] = folder
    sys.argv = ["uvicorn"]
    for name in OWN_MODULES:
        sys.modules.pop(name, None)
    sys.modules["__main__"] = types.ModuleType("__main__")
    gc.enable()


def _die_first_when_memory_ends() -> None:
    Path("/proc/self/oom_score_adj").write_text("1000")


def _serve(entry: str, listener_fd: int, report: Report) -> None:
    config = _config(_load(entry))
    listener = HandedListener(fileno=listener_fd)
    listener.setblocking(False)
    asyncio.run(ReportingServer(config, report).serve(sockets=[listener]))


def _config(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="asyncio",
        http=H11Protocol,
        log_config=None,
        access_log=False,
        timeout_keep_alive=60,
    )


def _load(entry: str) -> Any:
    module_name, _, attribute = entry.partition(":")
    module = _import(module_name)
    if not hasattr(module, attribute):
        raise StartFailure(
            "no_app",
            f"{module_name}.py was loaded, but it has no `{attribute}`. "
            f"Name your application `{attribute}`.",
        )
    app = getattr(module, attribute)
    if not callable(app) or isinstance(app, type):
        raise StartFailure(
            "wrong_type",
            f"`{attribute}` in {module_name}.py is {_described(app)}, not an application. "
            f"It should be `{attribute} = FastAPI()`.",
        )
    return app


def _described(value: object) -> str:
    kind = "the class " + value.__name__ if isinstance(value, type) else type(value).__name__
    return kind if isinstance(value, type) else f"of type {kind}"


def _import(name: str) -> types.ModuleType:
    try:
        return importlib.import_module(name)
    except SyntaxError as error:
        place = os.path.relpath(error.filename) if error.filename else f"{name}.py"
        _print_without_our_frames(error)
        raise StartFailure(
            "syntax_error",
            f"{place}, line {error.lineno}: {error.msg}.",
            file=place,
            line=error.lineno,
        ) from None
    except Exception as error:  # noqa: BLE001  (an import may raise anything)
        _print_without_our_frames(error)
        raise StartFailure("import_error", _one_line(error), **_place_of(error)) from None


def _one_line(error: BaseException) -> str:
    text = traceback.format_exception_only(error)[-1].strip()
    return " ".join(text.split())[:MAX_MESSAGE]


def _place_of(error: BaseException) -> dict[str, object]:
    here = str(Path.cwd())
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(here)]
    if not frames:
        return {}
    return {"file": os.path.relpath(frames[-1].filename), "line": frames[-1].lineno}


def _print_without_our_frames(error: BaseException) -> None:
    """The traceback as the candidate would see it at home: their frames, not the importer's."""
    here, entry = str(Path.cwd()), error.__traceback__
    while entry and not entry.tb_frame.f_code.co_filename.startswith(here):
        entry = entry.tb_next
    error.__cause__ = error.__cause__ if entry else None
    traceback.print_exception(type(error), error, entry)


def _report(status_fd: int, answer: dict[str, object]) -> None:
    os.write(status_fd, json.dumps(answer).encode() + b"\n")


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
