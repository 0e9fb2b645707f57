"""JSON as a contract has it: no NaN, no doubled keys, no lone surrogates, no endless nesting."""

import json
import math
from collections.abc import Iterable
from typing import Any

MAX_DIGITS = 400
MAX_DEPTH = 100
TOO_DEEP = f"The JSON of the answer is nested too deeply: more than {MAX_DEPTH} levels."
TOO_LONG = f"A number in the answer has more than {MAX_DIGITS} digits."


class NotJson(AssertionError):
    """The body is not acceptable JSON; the message is fit for the candidate."""


def loads(body: bytes) -> Any:
    """Parse strictly; raises `NotJson` with a plain reason."""
    try:
        text = body.decode("utf-8")
        value = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_int=_bounded_integer,
            parse_float=_finite,
            object_pairs_hook=_without_doubled_keys,
        )
        _refuse_depth(value)
        if "\\u" in text:
            _refuse_surrogates(value)
    except NotJson:
        raise
    except UnicodeDecodeError as error:
        raise NotJson("The body of the answer is not UTF-8 text.") from error
    except RecursionError as error:
        raise NotJson(TOO_DEEP) from error
    except ValueError as error:
        raise NotJson(_reason(body)) from error
    return value


def _reason(body: bytes) -> str:
    if not body:
        return "The answer has no body; JSON was expected."
    return "The body of the answer is not valid JSON."


def _refuse_constant(name: str) -> None:
    raise NotJson(f"The JSON of the answer contains {name}, which is not JSON.")


def _bounded_integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise NotJson(TOO_LONG)
    return int(digits)


def _finite(digits: str) -> float:
    if len(digits) > MAX_DIGITS:
        raise NotJson(TOO_LONG)
    value = float(digits)
    if math.isinf(value):
        raise NotJson("A number in the answer is too large.")
    return value


def _without_doubled_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson("An object in the answer has the same key twice.")
    return found


def _refuse_depth(value: Any) -> None:
    """What just parses would break whoever compares, copies or prints it."""
    level = [value]
    for _depth in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _parts(outer) if _is_container(inner)]
        if not level:
            return
    raise NotJson(TOO_DEEP)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _is_container(value: Any) -> bool:
    return isinstance(value, dict | list)


def _refuse_surrogates(value: Any) -> None:
    """Such text parses, and then breaks whoever prints or stores it."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotJson("A text in the answer contains half a character.") from error
