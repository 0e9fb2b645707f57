"""JSON as a contract has it: what Python would let through is refused with a plain reason."""

import pytest

from graders import strict_json
from graders.strict_json import MAX_DEPTH, MAX_DIGITS, NotJson

REFUSED = {
    "nothing": (b"", "no body"),
    "blank": (b"   ", "not valid"),
    "text": (b"hello", "not valid"),
    "NaN": (b'{"a": NaN}', "NaN"),
    "Infinity": (b"[Infinity]", "Infinity"),
    "minus Infinity": (b"[-Infinity]", "-Infinity"),
    "one key twice": (b'{"a": 1, "a": 2}', "same key twice"),
    "one key twice, deep down": (b'[{"b": {"a": 1, "\\u0061": 2}}]', "same key twice"),
    "half a character": (b'["\\ud800"]', "half a character"),
    "half a character as a key": (b'{"\\udfff": 1}', "half a character"),
    "brackets without end": (b"[" * 200_000, "too deeply"),
    "closed brackets": (b"[" * 200_000 + b"]" * 200_000, "too deeply"),
    "objects without end": (b'{"a":' * 200_000, "too deeply"),
    "one level too many": (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "too deeply"),
    "levels of both kinds": (b'[{"a":' * 60 + b"1" + b"}]" * 60, "too deeply"),
    "an endless fraction": (b"0." + b"1" * 5000, f"{MAX_DIGITS} digits"),
    "endless digits": (b"1" * 5000, f"{MAX_DIGITS} digits"),
    "one digit too many": (b"1" * (MAX_DIGITS + 1), f"{MAX_DIGITS} digits"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "not valid"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), "UTF-8"),
    "Latin-1": (b'"\xe4"', "UTF-8"),
    "an overlong form": (b'"\xc0\xaf"', "UTF-8"),
    "a raw line break": (b'"a\nb"', "not valid"),
    "a raw NUL": (b'"a\x00b"', "not valid"),
    "a comma too many": (b"[1,]", "not valid"),
    "single quotes": (b"{'a': 1}", "not valid"),
    "a comment": (b"[1] // one", "not valid"),
    "two values": (b"{}{}", "not valid"),
    "a leading zero": (b"01", "not valid"),
    "a plus": (b"+1", "not valid"),
    "hexadecimal": (b"0x10", "not valid"),
    "Python's None": (b"None", "not valid"),
    "Arabic digits": ("[\u0661]".encode(), "not valid"),
}
ACCEPTED: dict[str, tuple[bytes, object]] = {
    "an object": (b'{"a": [1, 2.5, true, null]}', {"a": [1, 2.5, True, None]}),
    "space around it": (b" \n{}\t", {}),
    "a whole character in halves": (b'"\\ud83d\\ude00"', "\U0001f600"),
    "an escaped NUL": (b'"\\u0000"', "\0"),
    "letters of the world": ('"жé"'.encode(), "жé"),
    "a long number": (b"9" * MAX_DIGITS, int("9" * MAX_DIGITS)),
    "the same key in two objects": (b'[{"a": 1}, {"a": 1}]', [{"a": 1}, {"a": 1}]),
}


@pytest.mark.parametrize(("body", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_json_is_refused_with_its_reason(body: bytes, reason: str) -> None:
    with pytest.raises(NotJson, match=reason):
        strict_json.loads(body)


@pytest.mark.parametrize(("body", "value"), ACCEPTED.values(), ids=ACCEPTED)
def test_what_is_json_is_read(body: bytes, value: object) -> None:
    assert strict_json.loads(body) == value


def test_as_many_levels_as_are_allowed_are_read() -> None:
    value = strict_json.loads(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    for _level in range(MAX_DEPTH - 1):
        [value] = value
    assert value == []


@pytest.mark.parametrize("body", [b"1e999", b"[-1e999]"])
def test_a_number_beyond_all_numbers_is_refused(body: bytes) -> None:
    with pytest.raises(NotJson):
        strict_json.loads(body)


def test_a_reason_is_a_failed_check_and_not_an_error_of_the_suite() -> None:
    assert issubclass(NotJson, AssertionError)
