"""Remarks on secrets, and on doors that stand open."""

import ast
import re
from collections.abc import Iterator

from graders.analyser.remark import Advice, Finding, Weight
from graders.analyser.source import Source, keyword, last_name

SECRETS_TITLE = "Python: secrets"
SECRETS_PAGE = "https://docs.python.org/3/library/secrets.html"

SECRET_IN_CODE = Advice(
    "secret-in-code",
    Weight.ACTIONABLE,
    "A secret is written in the code",
    "Whoever can read the repository, or its history, can read `{subject}`. Take it from the "
    "environment through a settings class, and let the start fail when it is missing.",
    "https://fastapi.tiangolo.com/advanced/settings/",
    "FastAPI: Settings and environment variables",
    "class Settings(BaseSettings):\n    secret_key: str",
)
SECRET_FALLBACK = Advice(
    "secret-fallback",
    Weight.ACTIONABLE,
    "A secret that falls back to a known one",
    "If `{subject}` is missing in production, nothing fails: the service runs with a value that "
    "anybody can read here. Ask for it without a default, so that the start fails instead.",
    "https://fastapi.tiangolo.com/advanced/settings/",
    "FastAPI: Settings and environment variables",
    'os.environ["SECRET_KEY"]',
)
FAST_HASH = Advice(
    "fast-hash",
    Weight.ESSENTIAL,
    "A password needs a slow hash",
    "`{subject}` is made to be fast: a graphics card tries billions of passwords a second against "
    "a stolen table. Argon2 or bcrypt are slow on purpose, and salt each password by themselves.",
    "https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/#password-hashing",
    "FastAPI: Password hashing",
    "PasswordHash.recommended().hash(password)   # pwdlib",
)
GUESSABLE = Advice(
    "guessable-secret",
    Weight.ESSENTIAL,
    "A secret that can be guessed",
    "`random` is made for games: after some of its numbers the next ones can be computed. "
    "`secrets` asks the operating system for randomness that nobody can foresee.",
    SECRETS_PAGE,
    SECRETS_TITLE,
    "token = secrets.token_urlsafe()",
)
PLAIN_COMPARISON = Advice(
    "plain-comparison",
    Weight.INFORMATIVE,
    "A secret is compared with `==`",
    "`==` stops at the first character that differs, so the time of the answer tells how much of "
    "a guess was right. `compare_digest` always takes the same time.",
    "https://docs.python.org/3/library/secrets.html#secrets.compare_digest",
    "Python: secrets.compare_digest",
    "secrets.compare_digest(given.encode(), expected.encode())",
)
OPEN_CORS = Advice(
    "open-cors",
    Weight.ESSENTIAL,
    "Any site may act for your users",
    'With credentials allowed, Starlette answers `"*"` by naming whoever asked: every web site can '
    "call this service with the cookies of a user who is signed in. List your own front ends.",
    "https://fastapi.tiangolo.com/tutorial/cors/",
    "FastAPI: CORS",
    'allow_origins=["https://shop.example.org"]',
)
UNSAFE_CALL = Advice(
    "unsafe-call",
    Weight.ESSENTIAL,
    "This can run code of somebody else",
    "`eval`, `exec`, `pickle` and a shell do what the text says, also when it comes from a "
    "stranger. Parse data as data: `json`, `ast.literal_eval`, or a list of arguments.",
    "https://docs.python.org/3/library/ast.html#ast.literal_eval",
    "Python: ast.literal_eval",
)
NO_VERIFICATION = Advice(
    "no-verification",
    Weight.ESSENTIAL,
    "`verify=False` trusts anybody",
    "Without a look at the certificate, whoever sits between you and the server can read and "
    "change everything. Give the client the right certificate authority instead.",
    "https://www.python-httpx.org/advanced/ssl/",
    "HTTPX: SSL",
)
LINTED = {
    **dict.fromkeys(("S102", "S301", "S307", "S602", "S605", "S506"), UNSAFE_CALL),
    "S501": NO_VERIFICATION,
}
SECRET_NAME = re.compile(
    r"(^|_)(secret|secret_key|private_key|api_key|access_key|signing_key|jwt_key|password|passwd)$",
    re.IGNORECASE,
)
COMPARED_NAME = re.compile(
    r"(^|_)(password|passwd|token|api_key|secret|signature|authorization)$", re.IGNORECASE
)
MADE_NAME = re.compile(r"(^|_)(token|secret|password|session_id|api_key)$", re.IGNORECASE)
SHORTEST_SECRET = 6
RANDOM = frozenset(
    f"random.{name}"
    for name in (
        "choice",
        "choices",
        "randint",
        "random",
        "sample",
        "randrange",
        "getrandbits",
        "randbytes",
    )
)
READERS = frozenset({"os.getenv", "os.environ.get"})


def look(source: Source) -> Iterator[Finding]:
    """What is secret, how it is made, and what it is compared with."""
    for node in source.nodes:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            yield from _assigned(source, node)
        elif isinstance(node, ast.Call):
            yield from _called(source, node)
        elif isinstance(node, ast.Compare) and _compares_secret(source, node):
            yield Finding(PLAIN_COMPARISON, source.name, node.lineno)


def _assigned(source: Source, node: ast.Assign | ast.AnnAssign) -> Iterator[Finding]:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    name, value = last_name(target), node.value
    if value is None:
        return
    at_the_top = isinstance(source.parents.get(node), ast.Module | ast.ClassDef)
    if SECRET_NAME.search(name) and at_the_top and _is_secret(value):
        yield Finding(SECRET_IN_CODE, source.name, node.lineno, name)
    made_of = {source.dotted(n.func) for n in ast.walk(value) if isinstance(n, ast.Call)}
    if MADE_NAME.search(name) and made_of & RANDOM:
        yield Finding(GUESSABLE, source.name, node.lineno)


def _is_secret(value: ast.expr | None) -> bool:
    return (
        isinstance(value, ast.Constant)
        and isinstance(value.value, str | bytes)
        and len(value.value) >= SHORTEST_SECRET
    )


def _called(source: Source, call: ast.Call) -> Iterator[Finding]:
    name = source.dotted(call.func)
    if name in READERS and call.args:
        asked = call.args[0]
        fallback = call.args[1] if len(call.args) > 1 else keyword(call, "default")
        variable = str(asked.value) if isinstance(asked, ast.Constant) else ""
        if SECRET_NAME.search(variable) and _is_secret(fallback):
            yield Finding(SECRET_FALLBACK, source.name, call.lineno, variable)
    elif name.startswith("hashlib.") and _is_about_a_password(call):
        if not name.endswith(("pbkdf2_hmac", "scrypt")):
            yield Finding(FAST_HASH, source.name, call.lineno, name)
    elif _allows_any_origin(call):
        yield Finding(OPEN_CORS, source.name, call.lineno)


def _is_about_a_password(call: ast.Call) -> bool:
    names = (last_name(node).lower() for each in call.args for node in ast.walk(each))
    return any("passw" in name for name in names)


def _allows_any_origin(call: ast.Call) -> bool:
    origins, credentials = keyword(call, "allow_origins"), keyword(call, "allow_credentials")
    if not isinstance(origins, ast.List | ast.Tuple | ast.Set):
        return False
    anybody = any(isinstance(each, ast.Constant) and each.value == "*" for each in origins.elts)
    return anybody and isinstance(credentials, ast.Constant) and credentials.value is True


def _compares_secret(source: Source, node: ast.Compare) -> bool:
    if len(node.ops) != 1 or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
        return False
    sides = (node.left, node.comparators[0])
    secret = [_names_a_secret(source, side) for side in sides]
    other = sides[1] if secret[0] else sides[0]
    nothing = isinstance(other, ast.Constant) and not other.value
    return any(secret) and not all(secret) and not nothing


def _names_a_secret(source: Source, side: ast.expr) -> bool:
    """`form.password`, or `request.headers.get("authorization")`."""
    if isinstance(side, ast.Call) and isinstance(side.func, ast.Attribute) and side.args:
        key = side.args[0]
        is_header = side.func.attr == "get" and last_name(side.func.value) == "headers"
        return (
            is_header
            and isinstance(key, ast.Constant)
            and bool(COMPARED_NAME.search(str(key.value).replace("-", "_")))
        )
    return bool(COMPARED_NAME.search(last_name(side)))
