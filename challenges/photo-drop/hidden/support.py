"""What the hidden tests share."""

import random
import re
import string
from typing import Any

import httpx

File = tuple[str, bytes, str]
State = tuple[list[dict[str, Any]], list[str]]
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


def kept(app: Any) -> list[str]:
    """The names of the files that lie in the folder of the photos."""
    names: list[str] | None = app.names("photos")
    assert names is not None, "photos should be kept in the folder photos beside main.py"
    return names


def state(api: httpx.Client, app: Any) -> State:
    """All that an upload may change: the list, and the files in the folder."""
    return listed(api), kept(app)


def started(api: httpx.Client, app: Any, rng: random.Random) -> State:
    """The state after a first photo, so that the folder is there."""
    dropped(api, word(rng), photo(rng))
    return state(api, app)


def check_content(api: httpx.Client, told: dict[str, Any], file: File) -> None:
    """Whether a photo comes back byte by byte."""
    _name, content, kind = file
    answer = api.get(f"/photos/{told['id']}")
    found = answer.status_code
    assert found == 200, f"GET of a photo should answer 200, got {found}"
    assert answer.content == content, "a photo should come back exactly as it was sent"
    given = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    assert given == kind, f"the content type of a photo should be its type, {kind}"


def head(boundary: str, field: str, more: str = "") -> bytes:
    """What stands before the content of a part, in a form that httpx would not write."""
    line = f'Content-Disposition: form-data; name="{field}"{more}\r\n'
    return f"--{boundary}\r\n{line}\r\n".encode()
