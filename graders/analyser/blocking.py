"""Remarks on what makes every other request wait: blocking calls in `async def`."""

import ast
from collections.abc import Iterator

from graders.analyser.remark import Advice, Finding, Weight
from graders.analyser.source import Source, own_nodes, parameters

ASYNC_PAGE = "https://fastapi.tiangolo.com/async/"

BLOCKING_CALL = Advice(
    "blocking-call",
    Weight.ESSENTIAL,
    "A blocking call in `async def`",
    "While `{subject}` waits, the event loop stands still, and every other request with it. "
    "Await something that gives the loop back, or write the route as a plain `def`, which FastAPI "
    "runs in a thread.",
    ASYNC_PAGE,
    "FastAPI: Concurrency and async / await",
    "await asyncio.sleep(1)   # instead of time.sleep(1)\n"
    "await client.get(url)    # httpx.AsyncClient instead of requests",
)
BLOCKING_FILE = Advice(
    "blocking-file",
    Weight.ACTIONABLE,
    "A file is read or written in `async def`",
    "A disk is usually quick, but when it is not, every other request waits with it. Write the "
    "route as a plain `def`, or move the work to a thread.",
    "https://anyio.readthedocs.io/en/stable/threads.html",
    "AnyIO: Working with threads",
    "await anyio.to_thread.run_sync(path.write_bytes, data)",
)
BLOCKING_SESSION = Advice(
    "blocking-session",
    Weight.ESSENTIAL,
    "A synchronous database session in `async def`",
    "Each query of `{subject}` holds up the event loop, so one slow query stops everybody. Write "
    "the route as a plain `def`, or use an `AsyncSession` and await it.",
    ASYNC_PAGE,
    "FastAPI: Concurrency and async / await",
    "def list_items(db: Db) -> list[Item]:  # no async: runs in a thread",
)
LOST_TASK = Advice(
    "lost-task",
    Weight.ACTIONABLE,
    "Nobody keeps this task",
    "The event loop holds its tasks only weakly: one that nobody refers to may disappear before "
    "it is done, and its error with it. Keep it in a set until it ends, or use a task group.",
    "https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task",
    "Python: asyncio.create_task",
    "tasks.add(task := asyncio.create_task(work()))\ntask.add_done_callback(tasks.discard)",
)
BUSY_WAIT = Advice(
    "busy-wait",
    Weight.ACTIONABLE,
    "Sleeping in a loop until something has changed",
    "It wakes up for nothing most of the time, and notices late when it matters. An event or a "
    "condition wakes the waiter exactly when there is something to do.",
    "https://docs.python.org/3/library/asyncio-sync.html#event",
    "Python: asyncio.Event",
    "await changed.wait()",
)
LINTED = {
    **dict.fromkeys(("ASYNC210", "ASYNC212", "ASYNC220", "ASYNC221", "ASYNC222"), BLOCKING_CALL),
    **dict.fromkeys(("ASYNC250", "ASYNC251"), BLOCKING_CALL),
    **dict.fromkeys(("ASYNC230", "ASYNC240"), BLOCKING_FILE),
    "ASYNC110": BUSY_WAIT,
    "RUF006": LOST_TASK,
}
BLOCKS = frozenset({"time.sleep", "urllib.request.urlopen", "socket.create_connection", "input"})
CLIENTS = ("requests.", "httpx.")
VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "request", "stream"})
SYNC_SESSIONS = frozenset(
    {"sqlalchemy.orm.Session", "sqlmodel.Session", "sqlalchemy.orm.session.Session"}
)


def look(source: Source) -> Iterator[Finding]:
    """What a linter does not see: helpers that block, and sessions that are not asynchronous."""
    blocking = {
        function.name: name
        for function in source.functions
        if isinstance(function, ast.FunctionDef)
        for name in _blocking_calls(source, function)
    }
    for function in source.functions:
        if not isinstance(function, ast.AsyncFunctionDef):
            continue
        for node in own_nodes(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                name = node.func.id
                # Of several functions with one name, nobody can tell which one is called.
                if name in blocking and source.functions_by_name[name] == 1:
                    yield Finding(BLOCKING_CALL, source.name, node.lineno, blocking[name])
        yield from _sessions(source, function)


def subject_of(source: Source, line: int) -> str:
    """What a linter has found on this line, by its name in the code."""
    for call in source.calls_by_line.get(line, []):
        if _is_blocking(source.dotted(call.func)):
            return source.dotted(call.func)
    return "it"


def _is_blocking(name: str) -> bool:
    root, _, verb = name.rpartition(".")
    return (
        name in BLOCKS
        or (name.startswith(CLIENTS) and verb in VERBS and root in {"requests", "httpx"})
        or root == "subprocess"
    )


def _blocking_calls(source: Source, function: ast.FunctionDef) -> Iterator[str]:
    for node in own_nodes(function):
        if isinstance(node, ast.Call) and _is_blocking(name := source.dotted(node.func)):
            yield name


def _sessions(source: Source, function: ast.AsyncFunctionDef) -> Iterator[Finding]:
    used = {
        node.func.value.id
        for node in own_nodes(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and not isinstance(source.parents.get(node), ast.Await)
    }
    for parameter in parameters(function):
        if parameter.arg in used and SYNC_SESSIONS & source.annotation_names(parameter.annotation):
            yield Finding(BLOCKING_SESSION, source.name, function.lineno, parameter.arg)
