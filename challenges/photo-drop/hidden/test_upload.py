"""Whether photos arrive, are listed, and come back as they were."""

import random
import string
from typing import Any

import httpx

from support import ENDINGS, STARTS, File, dropped, listed, photo, word


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
