"""What the source of a suite must not do: sleep, hold a stopwatch, or fail without a word."""

import ast
from collections.abc import Iterator, Mapping

from graders.proof.finding import Finding

SLEEPS = frozenset({"time.sleep", "asyncio.sleep", "anyio.sleep", "trio.sleep", "gevent.sleep"})
WAITING = frozenset({"Event", "Condition", "Barrier", "Thread", "Future"})
WAITING_MODULES = ("threading.", "asyncio.", "multiprocessing.", "concurrent.")
STOPWATCHES = frozenset(
    f"time.{name}{ending}"
    for name in ("monotonic", "perf_counter", "process_time", "thread_time")
    for ending in ("", "_ns")
)
CLOCKS = frozenset(
    {"time.time", "time.time_ns", "datetime.datetime.now", "datetime.datetime.utcnow"}
)
SLEEPING = "sleeps; wait for what the test needs instead, or prove it by the order of events"
TIMING = "measures elapsed time; a busy machine would fail a right solution"
SILENT = "fails without a message; it is all that a candidate sees of a hidden test"


def breaches(name: str, source: str) -> Iterator[Finding]:
    """Every line of one file of a suite that breaks a rule."""
    tree = ast.parse(source, name)
    names = _imported(tree)
    waiters, moments = _assigned(tree, names)
    for node in ast.walk(tree):
        line = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call) and _sleeps(node, names, waiters):
            yield Finding(line, SLEEPING)
        elif _measures(node, names, moments):
            yield Finding(line, TIMING)
        elif _is_silent(node, names):
            yield Finding(line, SILENT)


def _imported(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for in full."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                names[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _full(node: ast.AST, names: Mapping[str, str]) -> str:
    """`time.sleep` of `nap`, after `from time import sleep as nap`."""
    if isinstance(node, ast.Attribute):
        owner = _full(node.value, names)
        return f"{owner}.{node.attr}" if owner else ""
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""


def _assigned(tree: ast.Module, names: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """The names given to events and threads, and those given to readings of a clock."""
    waiters: set[str] = set()
    moments: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.NamedExpr):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            given = {target.id for target in targets if isinstance(target, ast.Name)}
            if _makes_waiter(node.value, names):
                waiters |= given
            if _reads_clock(node.value, names, set()):
                moments |= given
    return waiters, moments


def _makes_waiter(node: ast.AST, names: Mapping[str, str]) -> bool:
    full = _full(node.func, names) if isinstance(node, ast.Call) else ""
    return full.startswith(WAITING_MODULES) and full.rpartition(".")[2] in WAITING


def _sleeps(call: ast.Call, names: Mapping[str, str], waiters: set[str]) -> bool:
    """Also `Event().wait(0.5)`, which is a sleep by another name."""
    if _full(call.func, names) in SLEEPS:
        return True
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "wait":
        return False
    owner = call.func.value
    is_waiter = _makes_waiter(owner, names) or (isinstance(owner, ast.Name) and owner.id in waiters)
    seconds = [*call.args, *(keyword.value for keyword in call.keywords)]
    return is_waiter and any(isinstance(each, ast.Constant) and each.value for each in seconds)


def _reads_clock(node: ast.AST, names: Mapping[str, str], moments: set[str]) -> bool:
    return any(
        (isinstance(each, ast.Call) and _full(each.func, names) in CLOCKS)
        or (isinstance(each, ast.Name) and each.id in moments)
        for each in ast.walk(node)
    )


def _measures(node: ast.AST, names: Mapping[str, str], moments: set[str]) -> bool:
    """A stopwatch, httpx's own, or two readings of the clock that are held against each other.

    One reading alone is fine: a token may have to expire after now.
    """
    if isinstance(node, ast.Attribute) and node.attr == "elapsed":
        return True
    if isinstance(node, ast.Call):
        return _full(node.func, names) in STOPWATCHES
    pair: list[ast.expr] = []
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        pair = [node.left, node.right]
    elif isinstance(node, ast.Compare):
        pair = [node.left, node.comparators[0]]
    return bool(pair) and all(_reads_clock(each, names, moments) for each in pair)


def _is_silent(node: ast.AST, names: Mapping[str, str]) -> bool:
    if isinstance(node, ast.Assert):
        return node.msg is None or (isinstance(node.msg, ast.Constant) and not node.msg.value)
    if isinstance(node, ast.Call) and _full(node.func, names) == "pytest.fail":
        return not node.args and not node.keywords
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        told = isinstance(node.exc, ast.Call) and node.exc.args
        return isinstance(raised, ast.Name) and raised.id == "AssertionError" and not told
    return False
