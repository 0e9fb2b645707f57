"""Whether photos have a largest size and uploads a largest number, both exactly."""

import random
import re
import string
from typing import Any

import httpx

File = tuple[str, bytes, str]

LARGEST = 400_000
MOST = 8
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


def test_the_largest_photo(api: httpx.Client, rng: random.Random) -> None:
    """A photo of 400,000 bytes is fine and comes back whole"""
    file = photo(rng, LARGEST)
    [told] = dropped(api, word(rng), file)
    assert told["size"] == LARGEST, "the size should be that of the content"
    answer = api.get(f"/photos/{told['id']}")
    assert answer.content == file[1], "a photo should come back exactly as it was sent"


def test_too_large_photos(api: httpx.Client, rng: random.Random) -> None:
    """A photo of more than 400,000 bytes is answered with 413, and nothing is stored"""
    before = dropped(api, word(rng), photo(rng))
    for size in (LARGEST + 1, rng.randint(LARGEST + 2, 2 * LARGEST)):
        files = [photo(rng), photo(rng, size), photo(rng)]
        found = posted(api, word(rng), *files).status_code
        assert found == 413, f"a photo that is too large should get 413, got {found}"
        assert listed(api) == before, "an upload with a photo that is too large stores nothing"


def test_the_fullest_upload(api: httpx.Client, rng: random.Random) -> None:
    """Eight photos of the largest size are fine in one upload"""
    files = [photo(rng, LARGEST) for _ in range(MOST)]
    photos = dropped(api, word(rng, 40), *files)
    assert listed(api) == photos, "all eight photos should be listed"


def test_too_many_photos(api: httpx.Client, rng: random.Random) -> None:
    """More than eight photos are answered with 413, and nothing is stored"""
    before = dropped(api, word(rng), *[photo(rng) for _ in range(MOST)])
    for number in (MOST + 1, rng.randint(MOST + 2, 3 * MOST)):
        found = posted(api, word(rng), *[photo(rng) for _ in range(number)]).status_code
        assert found == 413, f"an upload of {number} photos should get 413, got {found}"
        assert listed(api) == before, f"an upload of {number} photos should store nothing"
