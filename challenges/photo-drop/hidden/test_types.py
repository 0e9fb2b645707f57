"""Whether the first bytes alone decide what a photo is."""

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


def disguised(rng: random.Random, content: bytes) -> File:
    """A file that claims to be a photo."""
    kind = rng.choice(list(STARTS))
    return word(rng) + ENDINGS[kind], content, kind


def check_refused(api: httpx.Client, rng: random.Random, content: bytes, what: str) -> None:
    found = posted(api, word(rng), disguised(rng, content)).status_code
    assert found == 415, f"{what} should be answered with 415, got {found}"


def check_only(api: httpx.Client, photos: list[dict[str, Any]]) -> None:
    assert listed(api) == photos, "files that were refused should not be stored"


def test_claims_count_for_nothing(api: httpx.Client, rng: random.Random) -> None:
    """A photo is known by its first bytes, whatever its name and its claimed type say"""
    for kind, starts in STARTS.items():
        for start in starts:
            claims = [(".txt", "text/plain"), ("", "application/octet-stream")]
            claims += [(ENDINGS[other], other) for other in STARTS if other != kind]
            files = [(word(rng) + end, start + rng.randbytes(50), said) for end, said in claims]
            for told in dropped(api, word(rng), *files):
                assert told["type"] == kind, f"the type should be {kind} by the first bytes"


def test_nothing_but_a_start(api: httpx.Client, rng: random.Random) -> None:
    """A file that ends right after its signature still begins with it"""
    for kind, starts in STARTS.items():
        for start in starts:
            [told] = dropped(api, word(rng), (word(rng), start, kind))
            assert told["type"] == kind, f"the type should be {kind} by the first bytes"
            assert told["size"] == len(start), "the size should be that of the content"


def test_other_files(api: httpx.Client, rng: random.Random) -> None:
    """Files of other kinds are answered with 415, although they claim to be photos"""
    check_refused(api, rng, word(rng).encode() * 20, "a text file")
    check_refused(api, rng, b"RIFF\x24\0\0\0WEBP" + rng.randbytes(30), "a WebP file")
    check_refused(api, rng, b"%PDF-1.7\n" + rng.randbytes(30), "a PDF file")
    check_refused(api, rng, b"", "an empty file")
    check_only(api, dropped(api, word(rng), photo(rng)))


def test_nearly_photos(api: httpx.Client, rng: random.Random) -> None:
    """A start that is not complete, not exact or not at the start makes no photo"""
    for starts in STARTS.values():
        for start in starts:
            rest = rng.randbytes(40)
            check_refused(api, rng, start[:-1], "a file that ends inside the signature")
            last = bytes([start[-1] ^ (1 << rng.randrange(8))])
            check_refused(api, rng, start[:-1] + last + rest, "a last byte that does not fit")
            check_refused(api, rng, b" " + start + rest, "a signature that comes one byte late")
    check_refused(api, rng, b"GIF88a" + rng.randbytes(40), "a GIF of a version that is not listed")
    check_refused(api, rng, b"\x89PNG" + rng.randbytes(40), "half a signature")
    check_only(api, dropped(api, word(rng), photo(rng)))


def test_one_bad_file_among_good_ones(api: httpx.Client, rng: random.Random) -> None:
    """One file that is no photo refuses the upload, and none of it is stored"""
    before = dropped(api, word(rng), photo(rng))
    for place in (0, 1, 3):
        files = [photo(rng) for _ in range(3)]
        files.insert(place, disguised(rng, word(rng).encode() * 9))
        found = posted(api, word(rng), *files).status_code
        assert found == 415, f"an upload with one bad file should get 415, got {found}"
        assert listed(api) == before, "an upload with one bad file should store nothing"
