"""Whether forms with something missing are refused and store nothing."""

import random
import string
from typing import Any

import httpx

from support import State, dropped, photo, posted, started, state, word


def check_refused(
    api: httpx.Client, app: Any, before: State, answer: httpx.Response, what: str
) -> None:
    found = answer.status_code
    assert found == 422, f"{what} should be answered with 422, got {found}"
    assert state(api, app) == before, f"{what} should store nothing, and leave no file behind"


def test_without_an_album(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """An upload without an album, or with an empty one, is answered with 422"""
    before = started(api, app, rng)
    answer = api.post("/photos", files=[("photos", photo(rng))])
    check_refused(api, app, before, answer, "an upload without an album")
    check_refused(api, app, before, posted(api, "", photo(rng)), "an upload with an empty album")


def test_a_long_album(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """An album of more than 40 characters is answered with 422"""
    before = started(api, app, rng)
    for size in (41, rng.randint(42, 400), rng.randint(100_000, 900_000)):
        album = rng.choice(string.ascii_letters) * (size - 1) + "ß"
        check_refused(api, app, before, posted(api, album, photo(rng)), "an album that is too long")
    dropped(api, album[-40:], photo(rng))


def test_without_photos(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """An upload without photos is answered with 422"""
    before = started(api, app, rng)
    album = word(rng)
    answer = api.post("/photos", data={"album": album}, files=[("pictures", photo(rng))])
    check_refused(api, app, before, answer, "a form whose files are not called photos")
    check_refused(
        api, app, before, api.post("/photos", data={"album": album}), "a form without files"
    )


def test_text_in_place_of_files(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """Photos that are plain text instead of files are answered with 422, even one among files"""
    before = started(api, app, rng)
    album, text = ("album", (None, word(rng))), ("photos", (None, word(rng)))
    check_refused(
        api, app, before, api.post("/photos", files=[album, text]), "plain text in place of a file"
    )
    file = ("photos", photo(rng))
    for files in ([text, file], [file, text], [file, text, file]):
        check_refused(
            api,
            app,
            before,
            api.post("/photos", files=[album, *files]),
            "plain text among the files",
        )
    answer = api.post("/photos", json={"album": word(rng), "photos": [word(rng)]})
    check_refused(api, app, before, answer, "JSON in place of a form")
