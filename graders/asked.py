"""A request that somebody wrote by hand: checked and explained before anything is sent."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from graders.errors import RefusedRequest

MAX_TARGET = 2000
MAX_HEADERS = 40
MAX_HEADER = 4000
"""Characters of one line, name and value."""
MAX_BODY_BYTES = 64 * 1024
METHOD = re.compile(r"[A-Z][A-Z-]{0,19}")
NAME = re.compile(r"[-!#$%&'*+.^_`|~0-9A-Za-z]{1,100}")
VALUE = re.compile(r"[\x20-\x7e\t]*")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
ASCII = "".join(map(chr, range(0x21, 0x7F)))
SET_BY_US = {
    "host": "it is always `localhost:8000`",
    "content-length": "it is counted from the body",
    "transfer-encoding": "the body is sent in one piece, with its length",
    "connection": "each request has a connection of its own",
    "accept-encoding": "answers are asked for uncompressed, so that they can be read",
    "expect": "the body is sent without asking first",
    "upgrade": "the console speaks plain HTTP; a WebSocket cannot be opened here",
    "te": "it belongs to the connection",
    "trailer": "it belongs to the connection",
    "keep-alive": "it belongs to the connection",
    "proxy-connection": "there is no proxy",
}
"""Headers that nobody may give, and why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, fit to be sent as it is."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: str


def checked(method: str, target: str, headers: str, body: str) -> Asked:
    """The request as it was typed, one header a line; raises `RefusedRequest` with the reason."""
    return Asked(_method(method), _target(target), tuple(_headers(headers)), _body(body))


def _method(text: str) -> str:
    method = text.strip().upper()
    if not METHOD.fullmatch(method):
        raise RefusedRequest("The method is a word of at most 20 letters, such as GET or PATCH.")
    if method == "CONNECT":
        raise RefusedRequest("CONNECT opens a tunnel, and there is nothing to tunnel to.")
    return method


def _target(text: str) -> str:
    target = text.strip(" ")
    if not target.startswith("/"):
        raise RefusedRequest("The path starts with `/`, as in `/books?limit=5`, without a host.")
    if CONTROL.search(target):
        raise RefusedRequest("The path has a line end or another control character. Take it out.")
    if "#" in target:
        raise RefusedRequest(
            "What follows `#` is never sent to a server. Leave it out, or write %23."
        )
    try:
        encoded = quote(target, safe=ASCII)
    except UnicodeEncodeError as error:
        raise RefusedRequest("The path contains half a character. Type it anew.") from error
    if len(encoded) > MAX_TARGET:
        raise RefusedRequest(f"The path has {len(encoded)} characters; the limit is {MAX_TARGET}.")
    return encoded


def _headers(text: str) -> Iterable[tuple[str, str]]:
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if len(lines) > MAX_HEADERS:
        raise RefusedRequest(f"There are {len(lines)} headers; the limit is {MAX_HEADERS}.")
    for number, line in enumerate(lines, 1):
        yield _header(line, f"Header line {number}")


def _header(line: str, place: str) -> tuple[str, str]:
    if len(line) > MAX_HEADER:
        raise RefusedRequest(f"{place} has {len(line)} characters; the limit is {MAX_HEADER}.")
    name, colon, value = line.partition(":")
    if not colon or not NAME.fullmatch(name.strip()):
        raise RefusedRequest(f"{place} is not `Name: value`, as in `X-Api-Key: secret`.")
    if not VALUE.fullmatch(value):
        raise RefusedRequest(
            f"{place} has a character that no header may have. Use plain ASCII, without control "
            "characters."
        )
    if reason := SET_BY_US.get(name.strip().lower()):
        raise RefusedRequest(f"Leave `{name.strip()}` out: it is set for you, for {reason}.")
    return name.strip(), value.strip(" \t")


def _body(text: str) -> str:
    body = text.replace("\r\n", "\n")
    if "\x00" in body:
        raise RefusedRequest("The body has a NUL character, which cannot be sent from here.")
    try:
        size = len(body.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise RefusedRequest("The body contains half a character. Type it anew.") from error
    if size > MAX_BODY_BYTES:
        raise RefusedRequest(f"The body has {size:,} bytes; the limit is {MAX_BODY_BYTES:,}.")
    return body
