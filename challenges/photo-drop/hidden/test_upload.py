"""Whether photos arrive, are listed, and come back as they were."""

import random
import re
import string
from typing import Any

import httpx

File = tuple[str, bytes, str]

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


def check_told(told: dict[str, Any], album: str, file: File) -> None:
    """Whether the fields say what was sent."""
    name, content, kind = file
    expected = {"album": album, "name": name, "type": kind, "size": len(content)}
    wrong = [field for field in expected if told[field] != expected[field]]
    assert not wrong, f"of a photo these fields are not as expected: {', '.join(wrong)}"
    assert type(told["size"]) is int, "`size` should be a whole number"


def check_content(api: httpx.Client, told: dict[str, Any], file: File) -> None:
    """Whether a photo comes back byte by byte."""
    _name, content, kind = file
    answer = api.get(f"/photos/{told['id']}")
    found = answer.status_code
    assert found == 200, f"GET of a photo should answer 200, got {found}"
    assert answer.content == content, "a photo should come back exactly as it was sent"
    given = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    assert given == kind, f"the content type of a photo should be its type, {kind}"


def test_several_photos(api: httpx.Client, rng: random.Random) -> None:
    """Several photos in one form are answered with 201, in the order in which they were sent"""
    album, files = word(rng, 40), [photo(rng) for _ in range(rng.randint(4, 6))]
    for told, file in zip(dropped(api, album, *files), files, strict=True):
        check_told(told, album, file)
    [single] = dropped(api, album, files[0])
    check_told(single, album, files[0])


def test_every_type(api: httpx.Client, rng: random.Random) -> None:
    """Photos of every type come back byte by byte, with their content type"""
    files = [
        (word(rng) + ENDINGS[kind], start + rng.randbytes(rng.randint(10, 90_000)), kind)
        for kind, starts in STARTS.items()
        for start in starts
    ]
    rng.shuffle(files)
    for told, file in zip(dropped(api, word(rng), *files), files, strict=True):
        check_told(told, told["album"], file)
        check_content(api, told, file)


def test_the_list(api: httpx.Client, rng: random.Random) -> None:
    """GET /photos lists all photos of all uploads, oldest first"""
    assert listed(api) == [], "a service that has just started should list no photos"
    expected = []
    for _ in range(3):
        files = [photo(rng) for _ in range(rng.randint(1, 4))]
        expected += dropped(api, word(rng), *files)
    assert len({each["id"] for each in expected}) == len(expected), "each id should be unique"
    assert listed(api) == expected, "GET /photos should list what the uploads told, in that order"


def test_albums_as_they_were_sent(api: httpx.Client, rng: random.Random) -> None:
    """An album may have 1 to 40 characters, of any language"""
    letters = string.ascii_letters + "äéñøßλж漢 &=+%"
    for size in (1, 40):
        album = "Ü" + "".join(rng.choice(letters) for _ in range(size - 2)) + "ß"
        album = album if size > 1 else rng.choice("aÖ漢")
        [told] = dropped(api, album, photo(rng))
        assert told["album"] == album, f"an album of {size} characters should stay as it was sent"


def test_photos_that_are_not_there(api: httpx.Client, rng: random.Random) -> None:
    """GET of a photo that is not there answers 404"""
    file = photo(rng)
    [told] = dropped(api, word(rng), file)
    for wrong in (word(rng), told["id"] + "x", str(rng.randint(10**6, 10**9))):
        found = api.get(f"/photos/{wrong}").status_code
        assert found == 404, f"GET of a photo that is not there should get 404, got {found}"
    check_content(api, told, file)
