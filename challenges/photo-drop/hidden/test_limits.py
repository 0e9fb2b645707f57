"""Whether photos have a largest size and uploads a largest number, both exactly."""

import random
from typing import Any

import httpx

from support import dropped, kept, listed, photo, posted, word

LARGEST = 400_000
MOST = 8


def test_the_largest_photo(api: httpx.Client, rng: random.Random) -> None:
    """A photo of 400,000 bytes is fine and comes back whole"""
    file = photo(rng, LARGEST)
    [told] = dropped(api, word(rng), file)
    assert told["size"] == LARGEST, "the size should be that of the content"
    answer = api.get(f"/photos/{told['id']}")
    assert answer.content == file[1], "a photo should come back exactly as it was sent"


def test_too_large_photos(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """A photo of more than 400,000 bytes is answered with 413, and nothing is stored"""
    before = dropped(api, word(rng), photo(rng))
    files_before = kept(app)
    for size in (LARGEST + 1, rng.randint(LARGEST + 2, 8 * LARGEST)):
        files = [photo(rng), photo(rng, size), photo(rng)]
        found = posted(api, word(rng), *files).status_code
        assert found == 413, f"a photo that is too large should get 413, got {found}"
        assert listed(api) == before, "an upload with a photo that is too large stores nothing"
    assert kept(app) == files_before, "an upload with a photo too large should leave no file behind"


def test_the_fullest_upload(api: httpx.Client, rng: random.Random) -> None:
    """Eight photos of the largest size are fine in one upload"""
    files = [photo(rng, LARGEST) for _ in range(MOST)]
    photos = dropped(api, word(rng, 40), *files)
    assert listed(api) == photos, "all eight photos should be listed"


def test_too_many_photos(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """More than eight photos are answered with 413, and nothing is stored"""
    before = dropped(api, word(rng), *[photo(rng) for _ in range(MOST)])
    files_before = kept(app)
    for number in (MOST + 1, rng.randint(MOST + 2, 3 * MOST)):
        found = posted(api, word(rng), *[photo(rng) for _ in range(number)]).status_code
        assert found == 413, f"an upload of {number} photos should get 413, got {found}"
        assert listed(api) == before, f"an upload of {number} photos should store nothing"
    assert kept(app) == files_before, "an upload of too many photos should leave no file behind"
