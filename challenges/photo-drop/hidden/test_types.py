"""Whether the first bytes alone decide what a photo is."""

import random
from typing import Any

import httpx

from support import (
    ENDINGS,
    STARTS,
    File,
    check_content,
    dropped,
    kept,
    listed,
    photo,
    posted,
    word,
)


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
            for told, file in zip(dropped(api, word(rng), *files), files, strict=True):
                assert told["type"] == kind, f"the type should be {kind} by the first bytes"
                check_content(api, told, (file[0], file[1], kind))


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
            for place in range(len(start)):
                other = bytes([start[place] ^ (1 << rng.randrange(8))])
                content = start[:place] + other + start[place + 1 :] + rest
                check_refused(api, rng, content, "a signature of which one byte does not fit")
            check_refused(api, rng, b" " + start + rest, "a signature that comes one byte late")
    check_refused(api, rng, b"GIF88a" + rng.randbytes(40), "a GIF of a version that is not listed")
    check_refused(api, rng, b"gif89a" + rng.randbytes(40), "a signature in small letters")
    check_refused(api, rng, b"\x89PNG" + rng.randbytes(40), "half a signature")
    check_only(api, dropped(api, word(rng), photo(rng)))


def test_one_bad_file_among_good_ones(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """One file that is no photo refuses the upload, and none of it is stored"""
    before = dropped(api, word(rng), photo(rng))
    files_before = kept(app)
    for place in (0, 1, 3):
        for bad in (word(rng).encode() * 9, b""):
            files = [photo(rng) for _ in range(3)]
            files.insert(place, disguised(rng, bad))
            found = posted(api, word(rng), *files).status_code
            assert found == 415, f"an upload with one bad file should get 415, got {found}"
            assert listed(api) == before, "an upload with one bad file should store nothing"
    assert kept(app) == files_before, "an upload with one bad file should leave no file behind"
