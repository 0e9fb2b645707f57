"""What an answer may not carry although a tolerant parser would take it; pure decisions on bytes.

Each function gives the reason, fit for the candidate, or nothing when all is well.
"""

import re
from collections.abc import Iterable

# The parser quotes what it met, and an app may have put the hidden request there.
COMPLAINTS = (
    *("illegal status line", "illegal header line", "illegal chunk header"),
    *("Illegal header name", "Illegal header value", "bad Content-Length"),
    *("conflicting Content-Length headers", "multiple Transfer-Encoding headers"),
    *("Only Transfer-Encoding: chunked is supported", "Receive buffer too long"),
    *("continuation line at start of headers", "bad data, expected CRLF"),
)
MAX_HEADERS = 256
MAX_COOKIES = 50
MAX_COOKIE_BYTES = 8 * 1024
LONG_BLANK = re.compile(rb"[ \t]{256}")
END_OF_HEAD = re.compile(rb"\n\r?\n")
LAST_CHUNK = re.compile(rb"0+[; \t\r\n]")
COOKIE = re.compile(rb"[-!#$%&'*+.^_`|~0-9A-Za-z]+=[\x20-\x7e]*")
ENDLESS_AGE = re.compile(rb";\s*max-age\s*=[^;]*\d{16}", re.IGNORECASE)


def not_http(parser: str) -> str:
    """What the parser complains of, in its words if they are none of the app's."""
    known = next((each for each in COMPLAINTS if parser.startswith(each)), None)
    return f"The answer is not valid HTTP: {known}." if known else "The answer is not valid HTTP."


def wrong_with_head(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Why this head is no head of an answer to our question."""
    fields = list(headers)
    names = {name for name, _value in fields}
    if len(fields) > MAX_HEADERS:
        return f"The answer has more than {MAX_HEADERS} headers."
    if {b"content-length", b"transfer-encoding"} <= names:
        return "The answer announces a length and comes in chunks: only one can be."
    if any(_is_packed(value) for name, value in fields if name == b"content-encoding"):
        # We asked for identity: anything else may be a bomb and is an error in any case.
        return "The answer is compressed although `identity` was asked for."
    return _wrong_with_cookies([value for name, value in fields if name == b"set-cookie"])


def _is_packed(coding: bytes) -> bool:
    return coding.strip().lower() not in (b"", b"identity")


def _wrong_with_cookies(cookies: list[bytes]) -> str | None:
    """They come back with the next request: so few, and only what can be sent."""
    if len(cookies) > MAX_COOKIES or sum(map(len, cookies)) > MAX_COOKIE_BYTES:
        return f"The answer sets more than {MAX_COOKIES} cookies or {MAX_COOKIE_BYTES} bytes."
    if any(not COOKIE.fullmatch(each) or ENDLESS_AGE.search(each) for each in cookies):
        return "The answer sets a cookie that is not `name=value` with plain attributes."
    return None


def wrong_with_lines(waiting: bytes, *, in_head: bool) -> str | None:
    """Why the lines at the front of `waiting` should not meet the parser.

    Its patterns try a line of n blanks in up to n² ways: a minute of work in one packet.
    """
    if LONG_BLANK.search(_lines(waiting, in_head)):
        return "The answer has hundreds of blanks within a header, a trailer or a chunk size."
    return None


def _lines(waiting: bytes, in_head: bool) -> bytes:
    if in_head:
        return END_OF_HEAD.split(waiting, maxsplit=1)[0]
    chunk = waiting.lstrip(b"\r\n")
    return chunk if LAST_CHUNK.match(chunk) else chunk.partition(b"\r\n")[0]
