"""Remarks on talking to a database: queries, text in them, connections that nobody closes."""

import ast
from collections.abc import Iterator

from graders.analyser.remark import Advice, Finding, Weight
from graders.analyser.source import FUNCTIONS, Function, Source, last_name, own_nodes, parameters

QUERY_PER_ROW = Advice(
    "query-per-row",
    Weight.ACTIONABLE,
    "A query for each row",
    "A page of twenty rows asks the database twenty times more, and gets slower with every row. "
    "Load what belongs to them together: `selectinload`, a join, or one `WHERE … IN`.",
    "https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html",
    "SQLAlchemy: Relationship loading",
    "select(Loan).options(selectinload(Loan.book))",
)
SQL_FROM_TEXT = Advice(
    "sql-from-text",
    Weight.ESSENTIAL,
    "What a client sends becomes SQL",
    "`{subject}` is put into the statement as text, so a client can write the rest of the "
    "statement. Leave a placeholder there and hand the value over beside it.",
    "https://docs.python.org/3/library/sqlite3.html#how-to-use-placeholders-to-bind-values-in-sql-queries",
    "Python: Placeholders in SQL queries",
    'execute("SELECT * FROM item WHERE name = ?", (name,))',
)
ENGINE_PER_REQUEST = Advice(
    "engine-per-request",
    Weight.ACTIONABLE,
    "A new engine for each request",
    "An engine is a pool of connections: made anew each time, it opens fresh ones and never uses "
    "them again. Make it once, at the top of the module or in the lifespan.",
    "https://docs.sqlalchemy.org/en/20/core/connections.html#basic-usage",
    "SQLAlchemy: Working with engines and connections",
)
LEFT_OPEN = Advice(
    "left-open",
    Weight.ESSENTIAL,
    "After an error, this stays open",
    "When a route raises, FastAPI raises the error again at the `yield`, and the line below it is "
    "never reached. Put the `yield` in a `try` with `finally`, or in a `with`.",
    "https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-with-yield/",
    "FastAPI: Dependencies with yield",
    "def get_db():\n    with Session(engine) as db:\n        yield db",
)
CLIENT_PER_REQUEST = Advice(
    "client-per-request",
    Weight.INFORMATIVE,
    "A new HTTP client for each request",
    "Each new client connects and greets from the start. One that is opened in the lifespan keeps "
    "its connections, and the second call to the same host is much quicker.",
    "https://www.python-httpx.org/advanced/clients/",
    "HTTPX: Clients",
)
NO_TIMEOUT = Advice(
    "no-timeout",
    Weight.ACTIONABLE,
    "This waits as long as the other side likes",
    "`requests` has no limit of its own: a server that never answers keeps this thread for good, "
    "and a few dozen of them stop the service. Say how long you are willing to wait.",
    "https://requests.readthedocs.io/en/latest/user/advanced/#timeouts",
    "Requests: Timeouts",
    "requests.get(url, timeout=5)",
)
LINTED = {"S113": NO_TIMEOUT}
STATEMENTS = frozenset({"execute", "scalar", "scalars", "exec", "query", "fetch", "fetchrow"})
SESSION_TYPES = ("Session", "AsyncSession", "Connection", "AsyncConnection")
TAKES_SQL = frozenset({"execute", "executescript", "exec_driver_sql", "text", "fetch", "fetchrow"})
ENGINES = frozenset({"create_engine", "create_async_engine"})
CLOSES = frozenset({"close", "aclose", "release", "disconnect", "rollback"})
SAFE_TYPES = frozenset({"int", "float", "bool", "uuid.UUID", "datetime.date", "typing.Literal"})


def look(source: Source) -> Iterator[Finding]:
    """Functions that ask a database, or that open something for a request."""
    for function in source.functions:
        sessions = _sessions(source, function)
        for node in own_nodes(function):
            if isinstance(node, ast.Call):
                yield from _call(source, function, node, sessions)
        if function.name in source.dependencies:
            yield from _left_open(source, function)


def _sessions(source: Source, function: Function) -> set[str]:
    """Parameters that are a session or a connection."""
    return {
        each.arg
        for each in parameters(function)
        if any(
            n.rpartition(".")[2] in SESSION_TYPES for n in source.annotation_names(each.annotation)
        )
    }


def _call(
    source: Source, function: Function, call: ast.Call, sessions: set[str]
) -> Iterator[Finding]:
    name = source.dotted(call.func)
    owner, _, method = name.rpartition(".")
    for_requests = function in source.routes or function.name in source.dependencies
    if method in STATEMENTS and owner in sessions and _in_a_loop_over_data(source, call):
        yield Finding(QUERY_PER_ROW, source.name, call.lineno)
    if for_requests and method in ENGINES:
        yield Finding(ENGINE_PER_REQUEST, source.name, call.lineno)
    if function in source.routes and name in ("httpx.AsyncClient", "httpx.Client"):
        yield Finding(CLIENT_PER_REQUEST, source.name, call.lineno)
    if function in source.routes and method in TAKES_SQL and call.args:
        for text in _sent_as_text(source, function, call.args[0]):
            yield Finding(SQL_FROM_TEXT, source.name, call.lineno, text)


def _in_a_loop_over_data(source: Source, call: ast.Call) -> bool:
    """Whether this runs once for each of what is not written down: rows, or what was sent."""
    inner: ast.AST = call
    for each in source.around(call):
        if isinstance(each, FUNCTIONS):
            return False
        if isinstance(each, ast.For | ast.AsyncFor) and inner is not each.iter:
            return not isinstance(each.iter, ast.Tuple | ast.List)
        if isinstance(each, ast.ListComp | ast.DictComp | ast.SetComp):
            return inner is not each.generators[0]
        inner = each
    return False


def _sent_as_text(source: Source, route: Function, sql: ast.expr) -> list[str]:
    """Text parameters of a route that become a part of a statement."""
    if isinstance(sql, ast.JoinedStr):
        parts = [part.value for part in sql.values if isinstance(part, ast.FormattedValue)]
    elif isinstance(sql, ast.BinOp) and isinstance(sql.op, ast.Add | ast.Mod):
        parts = [n for n in ast.walk(sql) if isinstance(n, ast.Name)]
    elif isinstance(sql, ast.Call) and isinstance(sql.func, ast.Attribute):
        parts = [*sql.args, *(each.value for each in sql.keywords)]
        if sql.func.attr != "format":
            return []
    else:
        return []
    texts = {
        each.arg
        for each in parameters(route)
        if "str" in (names := source.annotation_names(each.annotation)) and not names & SAFE_TYPES
    }
    return [part.id for part in parts if isinstance(part, ast.Name) and part.id in texts]


def _left_open(source: Source, function: Function) -> Iterator[Finding]:
    """A `yield` that stands alone, and something that is closed below it."""
    seen = 0
    for statement in function.body:
        value = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(value, ast.Yield):
            seen = statement.lineno
        elif seen and value is not None:
            call = value.value if isinstance(value, ast.Await) else value
            if isinstance(call, ast.Call) and last_name(call.func) in CLOSES:
                yield Finding(LEFT_OPEN, source.name, seen)
                return
