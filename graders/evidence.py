"""What was sent to the app in a check and what came back: noted in passing, told at its end.

While a check runs, only references and the first bytes of bodies are kept. What the app sent is
hostile: it is decoded, cleaned and cut here, and every limit below is one of what is shown, never
of what an app may send. Telling cannot fail and never makes an examination too long.

Hidden checks that passed are told too: at some 25 µs for an exchange there is no reason to choose.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, TypeAdapter

MOST_EXCHANGES = 20
"""Of one check: the last ones, since a check ends where it fails."""
MAX_BODY_SHOWN = 2000
"""Bytes of one body."""
MAX_HEADERS_SHOWN = 20
MAX_HEADER_SHOWN = 300
"""Characters of a header's name, and of its value."""
MAX_LINE_SHOWN = 500
"""Characters of a first line."""
MAX_CHECK_BYTES = 96 * 1024
"""Of one check, as JSON: one exchange always has room."""
MAX_TOTAL_BYTES = 1024 * 1024
"""Of one examination, as JSON; the checks that come after it are told without their exchanges."""
MAX_TORN_BYTES = 3
"""A cut may leave this much of a character of UTF-8."""

OfHeader = Annotated[str, Field(max_length=MAX_HEADER_SHOWN)]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an exchange, fit for a page; `body` is nothing when it is empty or not text."""

    line: Annotated[str, Field(max_length=MAX_LINE_SHOWN)]
    headers: Annotated[tuple[tuple[OfHeader, OfHeader], ...], Field(max_length=MAX_HEADERS_SHOWN)]
    more_headers: int
    body: Annotated[str, Field(max_length=MAX_BODY_SHOWN)] | None
    size: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was sent and what came: an answer, or the reason why there was none.

    What came unasked has nothing on the other side, and so has what asks for no answer.
    """

    sent: Side | None
    came: Side | None


EXCHANGE = TypeAdapter(Exchange)


class Message:
    """One side as it is noted; `more` adds to the body as it is sent or comes in."""

    __slots__ = ("_size", "_start", "headers", "line")

    def __init__(
        self, line: str = "", body: bytes = b"", headers: Iterable[tuple[bytes, bytes]] = ()
    ) -> None:
        self.line = line
        self.headers = headers
        self._start = bytearray(body[:MAX_BODY_SHOWN])
        self._size = len(body)

    def more(self, data: bytes | bytearray) -> None:
        """The next piece of the body."""
        if self._size < MAX_BODY_SHOWN:
            self._start += data[: MAX_BODY_SHOWN - self._size]
        self._size += len(data)

    def told(self) -> Side:
        """All of it as text, cleaned and cut."""
        headers = list(self.headers)
        return Side(
            line=one_line(self.line, MAX_LINE_SHOWN),
            headers=tuple((_field(n), _field(v)) for n, v in headers[:MAX_HEADERS_SHOWN]),
            more_headers=max(0, len(headers) - MAX_HEADERS_SHOWN),
            body=_text(bytes(self._start), self._size),
            size=self._size,
        )


class Evidence:
    """The exchanges of the check that is running, whatever protocol they were in."""

    def __init__(self) -> None:
        self._noted: deque[tuple[Message | None, Message | None]] = deque(maxlen=MOST_EXCHANGES)
        self._count = 0
        self._room = MAX_TOTAL_BYTES

    def begin(self) -> None:
        """Another check: what was noted belongs to an earlier one."""
        self._noted.clear()
        self._count = 0

    def add(self, sent: Message | None, came: Message | None = None) -> None:
        """Note an exchange; its messages may still grow until the check is over."""
        self._noted.append((sent, came))
        self._count += 1

    def told(self) -> tuple[tuple[Exchange, ...], int]:
        """The last exchanges that there is room for, and how many came before them."""
        kept: list[Exchange] = []
        room = min(self._room, MAX_CHECK_BYTES)
        for sent, came in reversed(list(self._noted)):  # a peer may add one meanwhile
            exchange = Exchange(sent.told() if sent else None, came.told() if came else None)
            size = len(EXCHANGE.dump_json(exchange))
            if size > room:
                break
            room -= size
            self._room -= size
            kept.append(exchange)
        return tuple(reversed(kept)), self._count - len(kept)


def _text(start: bytes, size: int) -> str | None:
    """The beginning of a body, if it is text."""
    if not size:
        return None
    try:
        text = start.decode("utf-8")
    except UnicodeDecodeError as error:
        if size == len(start) or error.start < len(start) - MAX_TORN_BYTES:
            return None
        text = start[: error.start].decode("utf-8")
    return visible(text.replace("\r\n", "\n"))


def _field(raw: bytes) -> str:
    return one_line(raw.decode("latin-1"), MAX_HEADER_SHOWN)


def one_line(text: str, longest: int) -> str:
    """Text as one line of at most so many characters."""
    if len(text) <= longest and text.isprintable():
        return text
    line = visible(text[: longest + 1]).replace("\n", " ").replace("\t", " ")
    return line if len(line) <= longest else line[: longest - 1] + "…"


def visible(text: str) -> str:
    """Without characters that steer a terminal or turn the text round; line ends and tabs stay."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)
