"""JSON as a contract has it: no NaN, no doubled keys, no lone surrogates, no endless nesting."""

import json
import math
from typing import Any

MAX_DIGITS = 400


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
        _refuse_surrogates(value)
    except NotJson:
        raise
    except UnicodeDecodeError as error:
        raise NotJson("The body of the answer is not UTF-8 text.") from error
    except RecursionError as error:
        raise NotJson("The JSON of the answer is nested too deeply.") from error
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
        raise NotJson(f"A number in the answer has more than {MAX_DIGITS} digits.")
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise NotJson("A number in the answer is too large.")
    return value


def _without_doubled_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson("An object in the answer has the same key twice.")
    return found


def _refuse_surrogates(value: Any) -> None:
    """Such text parses, and then breaks whoever prints or stores it."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotJson("A text in the answer contains half a character.") from error
