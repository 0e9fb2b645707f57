"""A request that somebody typed: sent as it stands, or refused with the reason."""

from __future__ import annotations

import pytest

from graders import asked
from graders.asked import MAX_BODY_BYTES, MAX_HEADERS, MAX_TARGET, SET_BY_US, checked
from graders.errors import RefusedRequest


def test_a_request_stays_as_it_was_typed() -> None:
    request = checked(
        "patch ", "/a/../b?x=%20{y}", "X-Key:  a:b \r\n\r\nX-Empty:\n", "one\r\ntwo\n"
    )
    assert request == asked.Asked(
        "PATCH", "/a/../b?x=%20{y}", (("X-Key", "a:b"), ("X-Empty", "")), "one\ntwo\n"
    )


def test_what_a_browser_would_encode_is_encoded() -> None:
    assert checked("GET", "/Zoë/red lamp", "", "").target == "/Zo%C3%AB/red%20lamp"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"method": ""}, "method is a word"),
        ({"method": "GET /"}, "method is a word"),
        ({"method": "G\r\nET"}, "method is a word"),
        ({"method": "X" * 21}, "method is a word"),
        ({"method": "CONNECT"}, "tunnel"),
        ({"target": ""}, "starts with `/`"),
        ({"target": "http://elsewhere/"}, "starts with `/`"),
        ({"target": "/\r\nHost: x"}, "control character"),
        ({"target": "/\x00"}, "control character"),
        ({"target": "/a#b"}, "never sent"),
        ({"target": "/\ud800"}, "half a character"),
        ({"target": "/" + "x" * MAX_TARGET}, f"limit is {MAX_TARGET}"),
        ({"target": "/" + "é" * MAX_TARGET}, f"limit is {MAX_TARGET}"),
        ({"headers": "no colon"}, "Header line 1 is not"),
        ({"headers": "Fine: yes\nBad name: x"}, "Header line 2 is not"),
        ({"headers": "X: Zoë"}, "plain ASCII"),
        ({"headers": "X: a\x00b"}, "plain ASCII"),
        ({"headers": "X: a\rb"}, "plain ASCII"),
        ({"headers": "X: " + "y" * 4000}, "limit is 4000"),
        ({"headers": "X: y\n" * (MAX_HEADERS + 1)}, f"limit is {MAX_HEADERS}"),
        ({"body": "\x00"}, "NUL"),
        ({"body": "\udc00"}, "half a character"),
        ({"body": "é" * (MAX_BODY_BYTES // 2 + 1)}, "the limit is 65,536"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_the_reason(
    changes: dict[str, str], reason: str
) -> None:
    typed = {"method": "GET", "target": "/", "headers": "", "body": ""} | changes
    with pytest.raises(RefusedRequest) as refused:
        checked(**typed)
    assert reason in str(refused.value)


@pytest.mark.parametrize("name", SET_BY_US)
def test_headers_of_the_connection_are_set_for_you(name: str) -> None:
    with pytest.raises(RefusedRequest, match="set for you"):
        checked("POST", "/", f"{name.title()}: 5", "")
