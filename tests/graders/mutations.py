"""Conversations that nobody has thought of: answers made from nasty parts, and then broken.

The same random source gives the same conversation again.
"""

from __future__ import annotations

import json
import random
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass

AGAIN = re.compile(rb"GET /again/(\d+) ")
STATUS_LINES = [
    *(b"HTTP/1.1 %d OK" % code for code in (200, 201, 204, 206, 301, 302, 304, 307, 308)),
    *(b"HTTP/1.1 %d No" % code for code in (400, 404, 422, 500, 503, 599, 600, 999)),
    *(b"HTTP/1.0 200 OK", b"HTTP/1.1 200", b"HTTP/1.1 200 \x1b[32mPASSED", b"HTTP/1.1 302 \xff"),
]
ODD_STATUS_LINES = [
    *(b"HTTP/1.1 %d Wait" % code for code in (100, 101, 102, 103, 199)),
    *(b"HTTP/2.0 200 OK", b"HTTP/0.9 200", b"ICY 200 OK", b"HTTP/1.1 2e2 OK", b"HTTP/1.1  200 OK"),
    *(b"HTTP/1.1 000 ", b"HTTP/1.1 2000 OK", b"http/1.1 200 ok", b"GET / HTTP/1.1"),
]
HEADERS = [
    *(b"connection: close", b"connection: keep-alive", b"content-encoding: identity"),
    *(b"content-type: application/json", b"content-type: text/plain; charset=rot13"),
    *(b"content-type: text/plain; charset=\xff", b"content-type: a; charset*0*=idna''x; charset=q"),
    *(b"content-type: ;;;=;charset", b"content-type: text/plain; charset=utf-16", b"content-type:"),
    *(b"location: /again/1", b"location: http://[", b"location: http://[::1%25", b"location: //"),
    *(b"location: mailto:x", b"location: http://xn--\xff/", b"location: http://a:99999999/"),
    *(b"location: \x80\x81", b"location: http://" + b"a." * 200, b"location: javascript:1"),
    *(b"location: http://\xe2\x84\xaa/", b"location: http://a@b@c:-1/", b"location: ?#%%%"),
    *(b"set-cookie: a=b", b"set-cookie: =", b"set-cookie: a", b"set-cookie: ;;;", b"set-cookie:"),
    *(b"set-cookie: a=b; expires=Thu, 99 Foo 99999 99:99:99", b"set-cookie: a=\xff\x80"),
    *(b"set-cookie: a=b; max-age=" + b"9" * 5000, b"set-cookie: a=b; domain=.com; path=x"),
    *(b"set-cookie: a=b; max-age=" + b"9" * 400, b"set-cookie: a=b; max-age=1e999"),
    *(b'set-cookie: a=b; version=x; port="1,x"', b"set-cookie: $Version=1; a=b; secure=1"),
    *(
        b'set-cookie: a="\\"\\',
        b"set-cookie: a=b\tc ; path=/ ; expires= ",
        b"set-cookie: \x85=\xa0",
    ),
    *(b"set-cookie2: a=b; version=1", b'set-cookie2: "', b"set-cookie: a=b; domain=[::1]:x"),
    *(b"set-cookie: a=b; expires=" + b"1-" * 3000, b"set-cookie: " + b"a=b;" * 1500),
    *(b'set-cookie: a="b" ; path="/"', b"set-cookie: a b=c d; path=", b'set-cookie: "a"=b'),
    *(b'link: <a>; rel="b"', b"link: <<>>;;;=", b"link: , ,;", b'link: "', b"link: <a>;=;x"),
    *(b"date: never", b"x-a: b", b"x-a: " + b"y z" * 9000, b"x-a: " + b"y" * 40_000),
    *(b'www-authenticate: Basic realm="', b"www-authenticate: Digest nonce=a", b"retry-after: -1"),
]
ODD_HEADERS = [
    *(b"transfer-encoding: chunked", b"transfer-encoding: gzip, chunked", b"content-length: 2"),
    *(b"content-length: 0", b"content-length: 99999999999999999999", b"content-length: -1"),
    *(b"content-length: 2, 2", b"content-length: 2, 3", b"content-length: +2", b"content-length:"),
    *(b"content-length: " + b"9" * 5000, b"content-length: 0x2", "content-length: ٢".encode()),
    *(b"content-encoding: gzip", b"content-encoding: br", b"content-encoding: deflate;q=1"),
    *(b"content-encoding: identity, zstd", b"content-encoding: ", b"connection: upgrade"),
    *(b"upgrade: h2c", b" folded", b"\tfolded", b"x-a : b", b": b", b"x-a", b"x\xff: b"),
    *(b"x-a:" + b" " * 40_000 + b"\x0b", b"x-a: b\rc", b"x-a: b\x00c", b"x-a: b\nc: d"),
    *(b"x-a: \x1b]0;owned\x07", b"\x00: \x00"),
]
BODIES = [
    *(
        b"ok",
        b"",
        b"{}",
        b"[]",
        b'{"a": 1}',
        b'{"a": 1, "a": 2}',
        b'"\\ud800"',
        b"\xff\xfe",
        b"NaN",
    ),
    *(b"[-Infinity]", b"1e999", b"-0", b"9" * 5000, b"0." + b"1" * 5000, b"\xef\xbb\xbf{}"),
    *(b"[" * 5000, b"[" * 300 + b"]" * 300, b'{"a":' * 5000, b'"\\u0000"', b"\x00", b"{}" * 99),
    *(
        b"data: x\n\n" * 9,
        b"\x1f\x8b\x08\x00",
        b"<html>",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"x" * 70_000,
    ),
    *(b"5 000", b"[1,]", b'{"a": tru', "\N{KELVIN SIGN}\u2028".encode(), b"{'a': 1}", b" " * 9000),
]
INSERTS = [
    *(b"\x00", b"\r", b"\n", b"\r\n", b"\r\n\r\n", b"\n\n", b" ", b"\t", b":", b";", b",", b"\xff"),
    *(b"%s", b"{", b"[" * 400, b'"', b"\x1b[2J", b"0\r\n\r\n", b"ffffffffffffffffffff\r\n", b"-1"),
    *(b" " * 30_000, b";" + b" " * 30_000 + b"\n", b"9" * 400, b"HTTP/1.1 200 OK\r\n\r\n"),
    *(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 9, b"\xe2\x80\xae", b"\x85", b"x: y\r\n" * 400),
]


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the server says to the first question, in which pieces, and how that ends."""

    method: str
    question: bytes
    pieces: tuple[bytes, ...]
    pause: float
    endless: bool
    ending: str


def invent(source: random.Random) -> Conversation:
    """One conversation; short pauses, since a deadline is what most of the time goes into."""
    said = b"".join(_answer(source) for _ in range(source.choice((1, 1, 1, 1, 1, 2))))
    for _ in range(source.choice((0, 0, 0, 0, 1, 1, 2, 5))):
        said = source.choice(MUTATIONS)(source, said)
    method = source.choice(("GET", "GET", "GET", "HEAD", "POST", "DELETE"))
    size = source.choice((0, 10, 1_000_000)) if method == "POST" else 0
    return Conversation(
        method=method,
        question=b"q" * size,
        pieces=_cut(source, said),
        pause=source.choice((0, 0, 0.002, 0.02)),
        endless=source.random() < 0.05,
        ending=source.choice(("close", "close", "close", "half", "stay")),
    )


def _answer(source: random.Random) -> bytes:
    body = source.choice(BODIES)
    headers = source.sample(HEADERS, source.choice((0, 1, 1, 2, 2, 4)))
    status = source.choice(STATUS_LINES)
    if source.random() < 0.15:
        headers.append(source.choice(ODD_HEADERS))
    if source.random() < 0.1:
        status = source.choice(ODD_STATUS_LINES)
    framing = source.choice(("length", "length", "chunks", "close"))
    if framing == "length":
        headers.append(b"content-length: %d" % len(body))
    if framing == "chunks":
        headers.append(b"transfer-encoding: chunked")
        body = _in_chunks(source, body)
    source.shuffle(headers)
    lines = [status, *headers, b"", b""]
    return source.choice((b"\r\n", b"\r\n", b"\r\n", b"\n")).join(lines) + body


def _in_chunks(source: random.Random, body: bytes) -> bytes:
    parts = _cut(source, body) if body else ()
    extension = source.choice((b"", b"", b";a=b", b'; "', b" "))
    trailer = source.choice((b"", b"", source.choice(HEADERS) + b"\r\n"))
    chunks = (b"%x%b\r\n%b\r\n" % (len(part), extension, part) for part in parts if part)
    return b"".join(chunks) + b"0\r\n" + trailer + b"\r\n"


def _cut(source: random.Random, data: bytes) -> tuple[bytes, ...]:
    places = sorted(source.randint(0, len(data)) for _ in range(source.choice((0, 0, 1, 3, 9))))
    return tuple(data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True))


def _slice(source: random.Random, data: bytes) -> tuple[int, int]:
    begin = source.randint(0, len(data))
    return begin, min(len(data), begin + source.choice((1, 2, 8, 64, 1000)))


def _flip(source: random.Random, data: bytes) -> bytes:
    at, _end = _slice(source, data)
    return (
        data[:at] + bytes(b ^ 1 << source.randrange(8) for b in data[at : at + 1]) + data[at + 1 :]
    )


def _insert(source: random.Random, data: bytes) -> bytes:
    at, _end = _slice(source, data)
    return data[:at] + source.choice(INSERTS) + data[at:]


def _noise(source: random.Random, data: bytes) -> bytes:
    at, end = _slice(source, data)
    return data[:at] + source.randbytes(end - at) + data[end:]


def _drop(source: random.Random, data: bytes) -> bytes:
    at, end = _slice(source, data)
    return data[:at] + data[end:]


def _repeat(source: random.Random, data: bytes) -> bytes:
    at, end = _slice(source, data)
    return data[:at] + (data[at:end] * source.choice((2, 3, 50, 2000)))[: 1 << 18] + data[end:]


def _truncate(source: random.Random, data: bytes) -> bytes:
    return data[: source.randint(0, len(data))]


def _splice(source: random.Random, data: bytes) -> bytes:
    other = _answer(source)
    return data[: source.randint(0, len(data))] + other[source.randint(0, len(other)) :]


def _enlarge(source: random.Random, data: bytes) -> bytes:
    huge = source.choice(
        (b"9" * 25, b"18446744073709551616", b"4294967297", b"-5", b"1_0", b"0x10")
    )
    numbers = list(re.finditer(rb"\d+", data))
    if not numbers:
        return huge + data
    begin, end = source.choice(numbers).span()
    return data[:begin] + huge + data[end:]


def _shuffle_lines(source: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\r\n")
    source.shuffle(lines)
    return b"\r\n".join(lines)


MUTATIONS: list[Callable[[random.Random, bytes], bytes]] = [
    *(_flip, _insert, _noise, _drop, _repeat, _truncate, _splice, _enlarge, _shuffle_lines),
]


class Partner:
    """Says its conversation to the first question; answers any later one with its own number."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._begun = False
        self.through = threading.Event()

    def serve(self, end: socket.socket) -> None:
        """One connection, from its first byte to its last."""
        try:
            heard = end.recv(1 << 16)
            if not self._begun:
                self._begun = True
                self._play(end)
        finally:
            self.through.set()
        while heard:
            if question := AGAIN.search(heard):
                end.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(question[1]))
                end.sendall(question[1])
            heard = end.recv(1 << 16)

    def _play(self, end: socket.socket) -> None:
        said = self._conversation
        for piece in said.pieces:
            end.sendall(piece)
            threading.Event().wait(said.pause)
        while said.endless:
            end.sendall(said.pieces[-1] or b"x")
            threading.Event().wait(said.pause)
        if said.ending == "close":
            end.shutdown(socket.SHUT_RDWR)
        elif said.ending == "half":
            end.shutdown(socket.SHUT_WR)


def told(conversation: Conversation) -> str:
    """A conversation for people who look for what it has broken."""
    said = repr(b"|".join(conversation.pieces))
    return json.dumps(
        {"method": conversation.method, "said": said[:3000], "end": conversation.ending}
    )
