"""Whether bodies that cannot fit are refused before they are all there."""

import random
from collections.abc import Iterator

import httpx

from support import dropped, listed, photo, word

MANY_BYTES = 120_000_000
ONE_FILE_BYTES = 20_000_000
PIECE = 64 * 1024


class Flood:
    """A form that is written while it is sent: so many photos of one content."""

    def __init__(self, rng: random.Random, count: int, content: bytes, repeated: int = 1) -> None:
        self.boundary = word(rng, 30)
        self.count = count
        self.content = content
        self.repeated = repeated
        self.album = self.head("album") + word(rng).encode() + b"\r\n"
        self.name = word(rng)

    def head(self, field: str, more: str = "") -> bytes:
        line = f'Content-Disposition: form-data; name="{field}"{more}\r\n'
        return f"--{self.boundary}\r\n{line}\r\n".encode()

    def __iter__(self) -> Iterator[bytes]:
        yield self.album
        for number in range(self.count):
            yield self.head("photos", f'; filename="{self.name}{number:06}.jpg"')
            for _ in range(self.repeated):
                yield self.content
            yield b"\r\n"
        yield f"--{self.boundary}--\r\n".encode()

    def __len__(self) -> int:
        part = len(self.head("photos", f'; filename="{self.name}000000.jpg"')) + 2
        each = part + self.repeated * len(self.content)
        return len(self.album) + self.count * each + len(self.boundary) + 6


def check_refused(api: httpx.Client, flood: Flood, *, is_announced: bool) -> None:
    headers = {"Content-Type": f"multipart/form-data; boundary={flood.boundary}"}
    if is_announced:
        headers["Content-Length"] = str(len(flood))
    found = api.post("/photos", content=iter(flood), headers=headers).status_code
    how = "with" if is_announced else "without"
    assert found == 413, f"a flood {how} Content-Length should be answered with 413, got {found}"


def check_fine(api: httpx.Client, rng: random.Random) -> None:
    """Whether the service works after a flood, and nothing of the flood is left."""
    photos = dropped(api, word(rng), photo(rng), photo(rng))
    assert listed(api) == photos, "after a flood only later photos should be listed"


def test_a_flood_of_photos(api: httpx.Client, rng: random.Random) -> None:
    """Hundreds of photos in one form, 120 MB with a Content-Length, are answered with 413"""
    _name, content, _kind = photo(rng, rng.randint(300_000, 400_000))
    flood = Flood(rng, MANY_BYTES // len(content), content)
    check_refused(api, flood, is_announced=True)
    check_fine(api, rng)


def test_a_flood_without_length(api: httpx.Client, rng: random.Random) -> None:
    """Hundreds of photos in one form, 120 MB without a Content-Length, are answered with 413"""
    _name, content, _kind = photo(rng, rng.randint(300_000, 400_000))
    flood = Flood(rng, MANY_BYTES // len(content), content)
    check_refused(api, flood, is_announced=False)
    check_fine(api, rng)


def test_one_huge_photo(api: httpx.Client, rng: random.Random) -> None:
    """One photo of 20 MB is answered with 413, with and without a Content-Length"""
    _name, content, _kind = photo(rng, PIECE)
    flood = Flood(rng, 1, content, ONE_FILE_BYTES // PIECE)
    check_refused(api, flood, is_announced=True)
    check_refused(api, flood, is_announced=False)
    check_fine(api, rng)
