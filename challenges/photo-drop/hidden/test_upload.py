"""Whether photos arrive, are listed, and come back as they were."""

import random
import string
from typing import Any

import httpx

from graders.at_once import AtOnce

from support import (
    ENDINGS,
    STARTS,
    File,
    check_content,
    dropped,
    listed,
    photo,
    photos_in,
    word,
)

UPLOADS = 60


def check_told(told: dict[str, Any], album: str, file: File) -> None:
    """Whether the fields say what was sent."""
    name, content, kind = file
    expected = {"album": album, "name": name, "type": kind, "size": len(content)}
    wrong = [field for field in expected if told[field] != expected[field]]
    assert not wrong, f"of a photo these fields are not as expected: {', '.join(wrong)}"
    assert type(told["size"]) is int, "`size` should be a whole number"


def test_several_photos(api: httpx.Client, rng: random.Random) -> None:
    """Several photos in one form are answered with 201, in the order in which they were sent"""
    album, files = word(rng, 40), [photo(rng) for _ in range(rng.randint(4, 6))]
    for told, file in zip(dropped(api, album, *files), files, strict=True):
        check_told(told, album, file)
    [single] = dropped(api, album, files[0])
    check_told(single, album, files[0])


def test_fields_in_any_order(api: httpx.Client, rng: random.Random) -> None:
    """The album may come after the photos, and other fields are ignored"""
    album, files = word(rng, 40), [photo(rng), photo(rng)]
    parts: list[Any] = [("photos", file) for file in files]
    parts += [("album", (None, album)), (word(rng) + "s", (None, word(rng)))]
    parts.insert(1, (word(rng) + "s", photo(rng)))
    answer = api.post("/photos", files=parts)
    found = answer.status_code
    assert found == 201, f"a form with its fields in another order should get 201, got {found}"
    photos = photos_in(answer, "POST /photos")
    assert len(photos) == len(files), f"{len(files)} photos were sent, {len(photos)} came back"
    for told, file in zip(photos, files, strict=True):
        check_told(told, album, file)
    assert listed(api) == photos, "only the files in `photos` should be listed"


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
    assert listed(api) == expected, "GET /photos should list what the uploads told, in that order"


def test_hundreds_of_photos(api: httpx.Client, rng: random.Random) -> None:
    """Hundreds of photos have as many ids, even where their contents are the same"""
    _name, content, kind = photo(rng)
    twins = [(f"{number}{word(rng)}", content, kind) for number in range(3)]
    told = dropped(api, word(rng), *twins[:2]) + dropped(api, word(rng), twins[2])
    for _ in range(UPLOADS):
        told += dropped(api, word(rng), *[photo(rng, 40) for _ in range(7)])
    assert len({each["id"] for each in told}) == len(told), "no two photos should share an id"
    assert listed(api) == told, "GET /photos should list hundreds of photos, too"
    check_content(api, told[2], twins[2])


def test_uploads_at_the_same_time(api: httpx.Client, at_once: AtOnce, rng: random.Random) -> None:
    """Uploads that come at the same time are all kept, each photo under an id of its own"""
    album = word(rng)
    uploads = [[photo(rng) for _ in range(3)] for _ in range(8)]
    answers = at_once(
        api.build_request(
            "POST", "/photos", data={"album": album}, files=[("photos", file) for file in files]
        )
        for files in uploads
    )
    everything = []
    for answer, files in zip(answers, uploads, strict=True):
        found = answer.status_code
        assert found == 201, f"each of several uploads at once should get 201, got {found}"
        photos = photos_in(answer, "POST /photos")
        assert len(photos) == len(files), f"{len(files)} photos were sent, {len(photos)} came back"
        everything += zip(photos, files, strict=True)
    ids = sorted(told["id"] for told, _file in everything)
    assert len(set(ids)) == len(ids), "no two photos should share an id, whenever they come"
    for told, file in everything:
        check_told(told, album, file)
        check_content(api, told, file)
    assert sorted(each["id"] for each in listed(api)) == ids, "all photos should be listed"


def test_albums_as_they_were_sent(api: httpx.Client, rng: random.Random) -> None:
    """An album may have 1 to 40 characters, of any language"""
    letters = string.ascii_letters + "äéñøßλж漢🎉 &=+%"
    longest = "".join(rng.choice(letters) for _ in range(36))
    for album in (rng.choice("aÖ漢🎉"), " ", f"Ü{longest}🎉漢ß", f" ß{longest}ж "):
        [told] = dropped(api, album, photo(rng))
        size = len(album)
        assert told["album"] == album, f"an album of {size} characters should stay as it was sent"


def test_photos_that_are_not_there(api: httpx.Client, rng: random.Random) -> None:
    """GET of a photo that is not there answers 404"""
    file = photo(rng)
    [told] = dropped(api, word(rng), file)
    names = (word(rng), told["id"] + "x", str(rng.randint(10**6, 10**9)), "..%2Fmain.py")
    for wrong in names:
        found = api.get(f"/photos/{wrong}").status_code
        assert found == 404, f"GET of a photo that is not there should get 404, got {found}"
    check_content(api, told, file)
