"""Mallory's app answers with anything but an answer: each ends in time and in one known error."""

import gzip
import socket
import time
import zlib

import pytest

from graders import client
from graders.app_problem import BadProtocol, ConnectionLost, NoAnswerInTime
from tests.graders.hostile import Serve, answers, ask, keeps_sending, visiting

OK = b"HTTP/1.1 200 OK\r\n"
FINE = OK + b"content-length: 2\r\n\r\nok"
CHUNKED = OK + b"transfer-encoding: chunked\r\n\r\n"
SECONDS = 0.5
GRACE_SECONDS = 5
MEGABYTE = b"x" * (1 << 20)


def never_answers(end: socket.socket) -> None:
    while end.recv(1 << 16):
        pass


def closes_at_once(end: socket.socket) -> None:
    end.recv(1 << 16)


TOO_SLOW: dict[str, Serve] = {
    "no answer at all": never_answers,
    "a body that drips": keeps_sending(OK + b"content-length: 999\r\n\r\n", b"x", pause=0.05),
    "chunks that drip": keeps_sending(CHUNKED, b"1\r\nx\r\n", pause=0.05),
    "headers that drip": keeps_sending(OK + b"x-slow: ", b"x", pause=0.05),
    "a status line that drips": keeps_sending(b"HTTP/1.1 200 ", b"x", pause=0.05),
    "trailers that drip": keeps_sending(CHUNKED + b"0\r\nx-slow: ", b"x", pause=0.05),
    "events without end": keeps_sending(
        OK + b"content-type: text/event-stream\r\n\r\n", b"data: x\n\n", pause=0.05
    ),
    "interim answers that drip": keeps_sending(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", pause=0.2),
}
NOT_HTTP: dict[str, Serve] = {
    "a body without end": keeps_sending(OK + b"\r\n", MEGABYTE),
    "chunks without end": keeps_sending(CHUNKED, b"100000\r\n" + MEGABYTE + b"\r\n"),
    "a huge length that is kept": keeps_sending(
        OK + b"content-length: 99999999999\r\n\r\n", MEGABYTE
    ),
    "interim answers without end": keeps_sending(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "processing without end": keeps_sending(b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    "a header without end": keeps_sending(OK + b"x-bomb: ", MEGABYTE),
    "headers without end": keeps_sending(OK, b"x-bomb: x\r\n" * 1000),
    "trailers without end": keeps_sending(CHUNKED + b"0\r\n", b"x-bomb: x\r\n" * 1000),
    "a chunk extension without end": keeps_sending(CHUNKED + b"1;", MEGABYTE),
    "gzip": answers(
        OK + b"content-encoding: gzip\r\n\r\n" + gzip.compress(gzip.compress(b"0" * 10_000_000))
    ),
    "deflate": answers(OK + b"content-encoding: deflate\r\n\r\n" + zlib.compress(b"0" * 1_000_000)),
    "stacked codings": answers(OK + b"content-encoding: identity, gzip\r\n\r\nx"),
    "a coding nobody knows": answers(OK + b"content-encoding: rot13\r\n\r\nx"),
    "another protocol": answers(
        b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n"
    ),
    "garbage": answers(b"\x00\x01\x02 this is not HTTP\r\n\r\n"),
    "a bare body": answers(b"<html>hello</html>\r\n\r\n"),
    "two lengths": answers(OK + b"content-length: 1\r\ncontent-length: 2\r\n\r\nxx"),
    "a length below zero": answers(OK + b"content-length: -1\r\n\r\n"),
    "a status of four digits": answers(b"HTTP/1.1 2000 OK\r\n\r\n"),
    "a header folded into nothing": answers(b"HTTP/1.1 200 OK\r\n x: y\r\n\r\n"),
    "a chunk size that is none": answers(CHUNKED + b"zz\r\nxx\r\n"),
    "a length and chunks": answers(
        OK + b"content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
    ),
    "a packed transfer": answers(OK + b"transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    "a coding in a second header": answers(
        OK + b"content-encoding: identity\r\ncontent-encoding: gzip\r\n\r\nx"
    ),
    "too many headers": answers(OK + b"a: b\r\n" * 300 + b"content-length: 0\r\n\r\n"),
    "too many cookies": answers(OK + b"set-cookie: a=b\r\n" * 51 + b"content-length: 0\r\n\r\n"),
    "too large a cookie": answers(OK + b"set-cookie: a=" + b"b" * 9000 + b"\r\n\r\n"),
    "a cookie that cannot be sent": answers(OK + b"set-cookie: a=\x85\r\n\r\n"),
    "a cookie without a name": answers(OK + b"set-cookie: =\r\n\r\n"),
    "a cookie without an end": answers(
        OK + b"set-cookie: a=b; max-age=" + b"9" * 400 + b"\r\n\r\n"
    ),
}
CUT_SHORT: dict[str, Serve] = {
    "closed without a word": closes_at_once,
    "closed after the last chunk but one": answers(CHUNKED + b"2\r\nok\r\n"),
    "closed in the status line": answers(b"HTTP/1.1 20"),
    "closed in the headers": answers(OK + b"content-length: 2\r\n"),
    "closed in the body": answers(OK + b"content-length: 20\r\n\r\nshort"),
    "closed in a chunk": answers(CHUNKED + b"20\r\nshort"),
    "closed after an interim answer": answers(b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("serve", TOO_SLOW.values(), ids=TOO_SLOW)
def test_one_deadline_holds_for_the_whole_answer(serve: Serve) -> None:
    begun = time.monotonic()
    with pytest.raises(NoAnswerInTime, match=r"within 0\.5 s"):
        ask(serve, seconds=SECONDS)
    assert SECONDS <= time.monotonic() - begun < SECONDS + GRACE_SECONDS


@pytest.mark.parametrize("serve", NOT_HTTP.values(), ids=NOT_HTTP)
def test_what_no_answer_looks_like_is_refused(serve: Serve) -> None:
    with pytest.raises(BadProtocol):
        ask(serve, seconds=20)


@pytest.mark.parametrize("serve", CUT_SHORT.values(), ids=CUT_SHORT)
def test_an_answer_that_is_cut_short_is_no_answer(serve: Serve) -> None:
    with pytest.raises(ConnectionLost):
        ask(serve, seconds=20)


def test_a_body_at_the_cap_is_read_and_one_byte_more_is_not() -> None:
    size = client.MAX_BODY_BYTES
    fits = b"content-length: %d\r\n\r\n" % size + b"x" * size
    assert len(ask(answers(OK + fits), seconds=20).content) == size
    with pytest.raises(BadProtocol, match=f"{size} bytes"):
        ask(answers(OK + b"\r\n" + b"x" * (size + 1)), seconds=20)


def test_a_few_interim_answers_are_passed_over() -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\n\r\n" * client.MAX_INFORMATIONAL
    assert ask(answers(hints + FINE)).text == "ok"
    with pytest.raises(BadProtocol, match="interim"):
        ask(answers(hints + b"HTTP/1.1 103 Early Hints\r\n\r\n" + FINE))


@pytest.mark.parametrize(
    "place", ["http://169.254.169.254/", "https://example.org/", "file:///etc"]
)
def test_a_redirect_leads_nowhere(place: str) -> None:
    away = f"HTTP/1.1 302 Found\r\nlocation: {place}\r\ncontent-length: 0\r\n\r\n".encode()
    with visiting(answers(away)) as (http, served):
        answer = http.get("/")
    assert answer.status_code == 302
    assert answer.headers["location"] == place
    assert served.connections == 1


@pytest.mark.parametrize(
    "place", ["http://[", "http://[::1", "mailto:x", "http://a:99999999/", "\xff"]
)
def test_a_place_that_is_none_breaks_nothing(place: str) -> None:
    away = f"HTTP/1.1 302 Found\r\nlocation: {place}\r\ncontent-length: 0\r\n\r\n"
    answer = ask(answers(away.encode("latin-1")))
    assert (answer.status_code, answer.headers["location"]) == (302, place)


def test_no_header_appears_that_the_app_did_not_send() -> None:
    assert "content-length" not in ask(answers(CHUNKED + b"2\r\nok\r\n0\r\n\r\n")).headers


def test_proxies_and_passwords_of_the_environment_are_ignored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(answers(FINE)).text == "ok"


def test_the_app_is_asked_for_plain_bytes_by_nobody_in_particular() -> None:
    seen: list[bytes] = []

    def listens(end: socket.socket) -> None:
        seen.append(end.recv(1 << 16))
        end.sendall(FINE)

    ask(listens)
    headers = dict(line.split(b": ", 1) for line in seen[0].strip().split(b"\r\n")[1:])
    names = {name.lower(): value for name, value in headers.items()}
    assert names == {
        b"host": b"app",
        b"accept": b"*/*",
        b"accept-encoding": b"identity",
        b"connection": b"keep-alive",
        b"user-agent": b"assay",
    }


@pytest.mark.parametrize(
    "charset", ["rot13", "utf-7", "idna", "punycode", "hex", "zlib", "no-such"]
)
def test_no_character_set_that_an_app_claims_is_used(charset: str) -> None:
    head = OK + f"content-type: text/plain; charset={charset}\r\n".encode()
    answer = ask(answers(head + b"content-length: 5\r\n\r\n+AGE-"))
    assert (answer.text, answer.encoding, list(answer.iter_lines())) == (
        "+AGE-",
        "utf-8",
        ["+AGE-"],
    )


def test_text_that_is_not_utf_8_is_refused() -> None:
    answer = ask(answers(OK + b'content-length: 3\r\n\r\n"\xff"'))
    with pytest.raises(BadProtocol, match="UTF-8"):
        _ = answer.text
    with pytest.raises(BadProtocol, match="UTF-8"):
        answer.json()


def test_an_absurd_status_is_only_a_number() -> None:
    answer = ask(answers(b"HTTP/1.1 999 \x1b[32mPASSED\r\ncontent-length: 0\r\n\r\n"))
    assert answer.status_code == 999


def test_an_app_that_answers_without_reading_the_body_is_heard() -> None:
    def hasty(end: socket.socket) -> None:
        end.recv(100)
        end.sendall(b"HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n")
        end.recv(100)

    with visiting(hasty, 20) as (http, _served):
        assert http.post("/", content=b"x" * 3_000_000).status_code == 413


def test_an_app_that_never_reads_does_not_hold_the_client() -> None:
    def deaf(end: socket.socket) -> None:
        end.recv(1)
        time.sleep(SECONDS + 1)

    with visiting(deaf, SECONDS) as (http, _served), pytest.raises(NoAnswerInTime):
        http.post("/", content=b"x" * 3_000_000)


def test_cookies_do_not_outlive_a_client() -> None:
    seen: list[bytes] = []

    def plants(end: socket.socket) -> None:
        seen.append(end.recv(1 << 16))
        end.sendall(OK + b"set-cookie: a=planted\r\ncontent-length: 0\r\n\r\n")

    ask(plants)
    ask(plants)
    assert not any(b"planted" in request for request in seen)
