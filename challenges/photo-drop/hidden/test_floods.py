"""Whether bodies that cannot fit are refused, and whether the service outlives them."""

import random
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from support import State, dropped, head, listed, photo, started, state, word

LARGEST_BODY = 4_000_000
MANY_BYTES = 120_000_000
ONE_FILE_BYTES = 20_000_000
PIECE = 64 * 1024
AGAIN = 12


class Flood:
    """A form that is written while it is sent: so many parts of one content."""

    def __init__(self, rng: random.Random, count: int, content: bytes, repeated: int = 1) -> None:
        self.boundary = word(rng, 30)
        self.count = count
        self.content = content
        self.repeated = repeated
        self.begin = head(self.boundary, "album") + word(rng).encode() + b"\r\n"
        self.field, self.more = "photos", f'; filename="{word(rng)}.jpg"'

    def __iter__(self) -> Iterator[bytes]:
        yield self.begin
        for _ in range(self.count):
            yield head(self.boundary, self.field, self.more)
            for _ in range(self.repeated):
                yield self.content
            yield b"\r\n"
        yield f"--{self.boundary}--\r\n".encode()

    def __len__(self) -> int:
        part = len(head(self.boundary, self.field, self.more)) + 2
        each = part + self.repeated * len(self.content)
        return len(self.begin) + self.count * each + len(self.boundary) + 6

    def headers(self) -> dict[str, str]:
        return {"Content-Type": f"multipart/form-data; boundary={self.boundary}"}


class TextFlood(Flood):
    """Fine photos, and then too much text in fields that nobody asked for."""

    def __init__(self, rng: random.Random, count: int, size: int) -> None:
        super().__init__(rng, count, rng.choice("abc").encode() * size)
        part = head(self.boundary, self.field, self.more) + photo(rng)[1] + b"\r\n"
        self.begin += part * 2
        self.field, self.more = word(rng) + "s", ""


def form_of(api: httpx.Client, rng: random.Random, size: int) -> httpx.Request:
    """A fine photo, and so much text in other fields that the body has this size."""
    file, album, text = photo(rng), word(rng), rng.choice("abc")
    fields: dict[str, Any] = {"album": album, "greetings": [text * 700_000] * 5, "more": ""}
    empty = api.build_request("POST", "/photos", data=fields, files=[("photos", file)])
    fields["more"] = text * (size - int(empty.headers["Content-Length"]))
    return api.build_request("POST", "/photos", data=fields, files=[("photos", file)])


class BrokeOff(Exception):
    """The client goes away in the middle of its form."""


def broken_off(flood: Flood, pieces: int) -> Iterator[bytes]:
    for number, piece in enumerate(flood):
        if number == pieces:
            raise BrokeOff
        yield piece


def status_of(api: httpx.Client, flood: Flood, *, is_announced: bool) -> int:
    headers = flood.headers()
    if is_announced:
        headers["Content-Length"] = str(len(flood))
    return api.post("/photos", content=iter(flood), headers=headers).status_code


def check_refused(api: httpx.Client, flood: Flood, *, is_announced: bool) -> None:
    found = status_of(api, flood, is_announced=is_announced)
    how = "with" if is_announced else "without"
    assert found == 413, f"a flood {how} Content-Length should be answered with 413, got {found}"


def check_fine(api: httpx.Client, app: Any, rng: random.Random, before: State) -> None:
    """Whether nothing of a flood is left, and the service works after it."""
    assert state(api, app) == before, "a flood should store nothing, and leave no file behind"
    photos = before[0] + dropped(api, word(rng), photo(rng), photo(rng))
    assert listed(api) == photos, "after a flood only other photos should be listed"


def test_a_flood_of_photos(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """Hundreds of photos in one form, 120 MB with a Content-Length, are answered with 413"""
    before = started(api, app, rng)
    _name, content, _kind = photo(rng, rng.randint(300_000, 400_000))
    flood = Flood(rng, MANY_BYTES // len(content), content)
    check_refused(api, flood, is_announced=True)
    check_fine(api, app, rng, before)


def test_a_flood_without_length(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """Hundreds of photos in one form, 120 MB without a Content-Length, are answered with 413"""
    before = started(api, app, rng)
    _name, content, _kind = photo(rng, rng.randint(300_000, 400_000))
    flood = Flood(rng, MANY_BYTES // len(content), content)
    check_refused(api, flood, is_announced=False)
    check_fine(api, app, rng, before)


def test_one_huge_photo(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """One photo of 20 MB is answered with 413, with and without a Content-Length"""
    before = started(api, app, rng)
    _name, content, _kind = photo(rng, PIECE)
    flood = Flood(rng, 1, content, ONE_FILE_BYTES // PIECE)
    check_refused(api, flood, is_announced=True)
    check_refused(api, flood, is_announced=False)
    check_fine(api, app, rng, before)


def test_a_flood_of_text(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """20 MB of text beside photos that are fine are answered with 413"""
    before = started(api, app, rng)
    size = rng.randint(300_000, 900_000)
    flood = TextFlood(rng, ONE_FILE_BYTES // size, size)
    check_refused(api, flood, is_announced=True)
    check_refused(api, flood, is_announced=False)
    check_fine(api, app, rng, before)


def test_the_largest_body(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """A body of 4,000,000 bytes is fine, with and without a Content-Length; one more is too much"""
    before = started(api, app, rng)
    for size, expected in ((LARGEST_BODY, 201), (LARGEST_BODY + 1, 413)):
        form = form_of(api, rng, size)
        content, headers = form.read(), {"Content-Type": form.headers["Content-Type"]}
        for body in (content, iter([content])):
            found = api.post("/photos", content=body, headers=headers).status_code
            assert found == expected, f"a body of {size} bytes should get {expected}, got {found}"
    assert len(listed(api)) == len(before[0]) + 2, "only bodies of a fitting size should be stored"


def test_floods_again_and_again(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """Many floods, one after the other, leave nothing that fills the memory"""
    before = started(api, app, rng)
    _name, content, _kind = photo(rng, PIECE)
    flood = Flood(rng, 1, content, ONE_FILE_BYTES // PIECE)
    for _ in range(AGAIN):
        check_refused(api, flood, is_announced=False)
    check_fine(api, app, rng, before)


def test_uploads_that_break_off(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """Of uploads that break off midway nothing is stored, and the service goes on"""
    before = started(api, app, rng)
    flood = Flood(rng, 4, photo(rng, rng.randint(50_000, 400_000))[1])
    lengths: list[dict[str, str]] = [{}, {"Content-Length": str(len(flood))}]
    for length in lengths:
        for pieces in (2, 3, 6):
            content, headers = broken_off(flood, pieces), flood.headers() | length
            with pytest.raises(BrokeOff):
                api.post("/photos", content=content, headers=headers)
    photos = before[0] + dropped(api, word(rng), photo(rng), photo(rng))
    assert listed(api) == photos, "of an upload that breaks off no photo should be listed"
