"""Whether bodies that cannot fit are refused before they are all there."""

import random
import re
import string
from collections.abc import Iterator
from typing import Any

import httpx

File = tuple[str, bytes, str]

MANY_BYTES = 120_000_000
ONE_FILE_BYTES = 20_000_000
PIECE = 64 * 1024
STARTS = {
    "image/png": [bytes.fromhex("89504E470D0A1A0A")],
    "image/jpeg": [b"\xff\xd8\xff"],
    "image/gif": [b"GIF87a", b"GIF89a"],
}
ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif"}
FIELDS = ("id", "album", "name", "type", "size")


def word(rng: random.Random, longest: int = 12) -> str:
    return "".join(rng.choice(string.ascii_letters) for _ in range(rng.randint(3, longest)))


def photo(rng: random.Random, size: int | None = None) -> File:
    """A photo with a fitting name and type: name, content, type."""
    kind = rng.choice(list(STARTS))
    start = rng.choice(STARTS[kind])
    content = start + rng.randbytes((size or rng.randint(50, 5000)) - len(start))
    return word(rng) + ENDINGS[kind], content, kind


def posted(api: httpx.Client, album: str, *files: File) -> httpx.Response:
    return api.post("/photos", data={"album": album}, files=[("photos", file) for file in files])


def photos_in(answer: httpx.Response, asked: str) -> list[dict[str, Any]]:
    """The photos that an answer tells of, once its shape is sure."""
    photos = answer.json()
    assert isinstance(photos, list), f"{asked} should answer with a JSON list"
    for each in photos:
        assert isinstance(each, dict) and all(field in each for field in FIELDS), (
            f"{asked}: each photo should be an object with the fields {', '.join(FIELDS)}"
        )
        assert isinstance(each["id"], str) and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", each["id"]), (
            f"{asked}: an id should be 1 to 64 letters, digits, - and _"
        )
    return [{field: each[field] for field in FIELDS} for each in photos]


def dropped(api: httpx.Client, album: str, *files: File) -> list[dict[str, Any]]:
    """What POST /photos tells about photos that are fine."""
    answer = posted(api, album, *files)
    found = answer.status_code
    assert found == 201, f"photos that are fine should be answered with 201, got {found}"
    photos = photos_in(answer, "POST /photos")
    assert len(photos) == len(files), f"{len(files)} photos were sent, {len(photos)} came back"
    return photos


def listed(api: httpx.Client) -> list[dict[str, Any]]:
    answer = api.get("/photos")
    assert answer.status_code == 200, f"GET /photos should answer 200, got {answer.status_code}"
    return photos_in(answer, "GET /photos")


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
