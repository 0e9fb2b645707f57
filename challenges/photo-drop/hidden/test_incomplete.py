"""Whether forms with something missing are refused and store nothing."""

import random
import string

import httpx

from support import dropped, listed, photo, posted, word


def check_refused(api: httpx.Client, answer: httpx.Response, what: str) -> None:
    found = answer.status_code
    assert found == 422, f"{what} should be answered with 422, got {found}"
    assert listed(api) == [], f"{what} should store nothing"


def test_without_an_album(api: httpx.Client, rng: random.Random) -> None:
    """An upload without an album, or with an empty one, is answered with 422"""
    file = photo(rng)
    answer = api.post("/photos", files=[("photos", file)])
    check_refused(api, answer, "an upload without an album")
    check_refused(api, posted(api, "", file), "an upload with an empty album")
    dropped(api, word(rng), file)


def test_a_long_album(api: httpx.Client, rng: random.Random) -> None:
    """An album of more than 40 characters is answered with 422"""
    for size in (41, rng.randint(42, 400)):
        album = "".join(rng.choice(string.ascii_letters) for _ in range(size))
        check_refused(api, posted(api, album, photo(rng)), "an album that is too long")
    dropped(api, album[:40], photo(rng))


def test_without_photos(api: httpx.Client, rng: random.Random) -> None:
    """An upload without photos is answered with 422"""
    album = word(rng)
    answer = api.post("/photos", data={"album": album}, files=[("pictures", photo(rng))])
    check_refused(api, answer, "a form whose files are not called photos")
    check_refused(api, api.post("/photos", data={"album": album}), "a form without files")
    dropped(api, album, photo(rng))


def test_text_in_place_of_files(api: httpx.Client, rng: random.Random) -> None:
    """Photos that are plain text instead of files are answered with 422"""
    album = word(rng)
    answer = api.post("/photos", files=[("album", (None, album)), ("photos", (None, word(rng)))])
    check_refused(api, answer, "plain text in place of a file")
    answer = api.post("/photos", json={"album": album, "photos": [word(rng)]})
    check_refused(api, answer, "JSON in place of a form")
    dropped(api, album, photo(rng))
