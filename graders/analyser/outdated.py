"""Remarks on what the libraries have moved on from: it works today and warns, or soon will not."""

import ast
from collections.abc import Iterator

from graders.analyser.remark import Advice, Finding, Weight
from graders.analyser.source import Source, keyword

MIGRATION = "https://docs.pydantic.dev/latest/migration/"
MIGRATION_TITLE = "Pydantic: Migration guide"

ON_EVENT = Advice(
    "on-event",
    Weight.ACTIONABLE,
    "`on_event` is deprecated",
    "Start-up and shutdown belong together: a lifespan keeps what one opens and the other closes "
    "in one function, and cleans up when the start fails half-way.",
    "https://fastapi.tiangolo.com/advanced/events/",
    "FastAPI: Lifespan events",
    "@asynccontextmanager\nasync def lifespan(app):\n    pool = await connect()\n    yield\n"
    "    await pool.close()\n\napp = FastAPI(lifespan=lifespan)",
)
OLD_PYDANTIC = Advice(
    "old-pydantic",
    Weight.ACTIONABLE,
    "`{subject}` is Pydantic 1",
    "Pydantic 2 still understands it, warns at every use, and will drop it in version 3. The new "
    "names are quick to learn, and they say what they work on.",
    MIGRATION,
    MIGRATION_TITLE,
    "item.model_dump()                       # was item.dict()\n"
    "Item.model_validate(data)               # was Item.parse_obj(data)\n"
    '@field_validator("name")                # was @validator\n'
    "model_config = ConfigDict(frozen=True)  # was class Config",
)
REGEX = Advice(
    "regex-for-pattern",
    Weight.ACTIONABLE,
    "`regex=` is now `pattern=`",
    "FastAPI keeps the old name with a warning. The new one is the word that JSON Schema, and so "
    "your OpenAPI document, has for it.",
    "https://fastapi.tiangolo.com/tutorial/query-params-str-validations/#add-regular-expressions",
    "FastAPI: Query parameters and string validations",
    'Query(pattern="^[a-z]+$")',
)
UTC_NOW = Advice(
    "utc-now",
    Weight.ACTIONABLE,
    "A time that does not know its zone",
    "`utcnow` is deprecated since Python 3.12: it answers in UTC but does not say so, and the "
    "next one to read it takes it for local time. Ask for the zone, and it travels along.",
    "https://docs.python.org/3/library/datetime.html#datetime.datetime.utcnow",
    "Python: datetime.utcnow",
    "datetime.now(UTC)",
)
CONSTRAINED = Advice(
    "constrained-function",
    Weight.INFORMATIVE,
    "`{subject}` has a successor",
    "Types that are made by a call confuse type checkers, and Pydantic will deprecate them in "
    "version 3. `Annotated` says the same, and the type stays a type.",
    "https://docs.pydantic.dev/latest/api/types/#pydantic.types.conint",
    "Pydantic: Types",
    "Hours = Annotated[int, Field(ge=1, le=40)]",
)
OLD_TYPING = Advice(
    "old-typing",
    Weight.INFORMATIVE,
    "Older spelling of types",
    "Since Python 3.10 the built-in types do it: no import, and shorter to read.",
    "https://docs.python.org/3/library/stdtypes.html#types-union",
    "Python: Union type",
    "list[int]     # instead of List[int]\nstr | None    # instead of Optional[str]",
)
LINTED = {
    **dict.fromkeys(("DTZ003", "DTZ004"), UTC_NOW),
    **dict.fromkeys(("UP006", "UP007", "UP045"), OLD_TYPING),
}
# Names that nobody but Pydantic has; `json` and `copy` are left out, others have them too.
OLD_METHODS = frozenset(
    {"parse_obj", "parse_raw", "parse_file", "from_orm", "schema_json", "update_forward_refs"}
)
OLD_IMPORTS = frozenset({"pydantic.validator", "pydantic.root_validator", "pydantic.parse_obj_as"})
CONSTRAINED_TYPES = frozenset(
    f"pydantic.con{kind}" for kind in ("int", "str", "float", "decimal", "list", "set", "bytes")
) | {"pydantic.constr"}
PARAMETERS = frozenset(
    f"fastapi.{kind}" for kind in ("Query", "Path", "Header", "Cookie", "Body", "Form", "File")
)


def look(source: Source) -> Iterator[Finding]:
    """Deprecated FastAPI and Pydantic."""
    for call in source.calls:
        yield from _call(source, call)
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{each.name}": each.name for each in node.names}
            for full in sorted(OLD_IMPORTS & names.keys()):
                yield Finding(OLD_PYDANTIC, source.name, node.lineno, names[full])
        elif isinstance(node, ast.ClassDef) and node.name == "Config":
            owner = source.parents.get(node)
            if isinstance(owner, ast.ClassDef) and owner.name in source.models:
                yield Finding(OLD_PYDANTIC, source.name, node.lineno, "class Config")


def _call(source: Source, call: ast.Call) -> Iterator[Finding]:
    name = source.dotted(call.func)
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if method in ("on_event", "add_event_handler") and _names_an_event(call):
        yield Finding(ON_EVENT, source.name, call.lineno)
    elif name in PARAMETERS and keyword(call, "regex"):
        yield Finding(REGEX, source.name, call.lineno)
    elif name in CONSTRAINED_TYPES:
        yield Finding(CONSTRAINED, source.name, call.lineno, name.rpartition(".")[2])
    elif method in OLD_METHODS or (method == "dict" and _is_dump(source, call)):
        yield Finding(OLD_PYDANTIC, source.name, call.lineno, f".{method}()")


def _names_an_event(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    return isinstance(first, ast.Constant) and first.value in ("startup", "shutdown")


def _is_dump(source: Source, call: ast.Call) -> bool:
    """Whether `.dict(…)` is Pydantic's: it takes no positions, and nobody here defines another."""
    own = source.functions_by_name["dict"]
    return bool(source.models) and not call.args and not own
