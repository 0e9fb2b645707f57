"""Whether file names are cleaned, and never say where a photo is kept."""

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


def named(rng: random.Random, name: str) -> File:
    """A photo with this name."""
    _name, content, kind = photo(rng)
    return name, content, kind


def check_kept(app: Any, told: dict[str, Any], content: bytes) -> None:
    """Whether a photo lies where the statement says."""
    kept = app.file(f"photos/{told['id']}")
    assert kept is not None, "a photo should be a file in the folder photos, named as its id"
    assert kept == content, "the file in the folder photos should hold exactly what was sent"


def check_names(api: httpx.Client, app: Any, rng: random.Random, names: dict[str, str]) -> None:
    """Whether photos of these names are called what is expected, and lie where they should."""
    before = app.file("main.py")
    files = [named(rng, name) for name in names]
    photos = dropped(api, word(rng), *files)
    for told, (_name, content, _kind), expected in zip(photos, files, names.values(), strict=True):
        assert told["name"] == expected, "`name` should be what follows the last slash, or photo"
        check_kept(app, told, content)
    assert app.file("main.py") == before, "no upload may touch the files of the service"


def test_plain_names(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """A plain name stays as it was sent, and the photo lies in its folder under its id"""
    names = [word(rng), f"{word(rng)} {word(rng)}.jpg", f"Zoë & {word(rng)}.png", f".{word(rng)}"]
    names += [f"{word(rng)}..{word(rng)}.gif", f"...{word(rng)}", "..."]
    check_names(api, app, rng, {name: name for name in names})


def test_names_with_folders(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """Of a name with folders the part after the last slash is left, whichever way it leans"""
    name = word(rng) + ".png"
    folders = ["/", "../", "../../", "/work/", f"{word(rng)}/", "..\\", f"D:\\{word(rng)}\\"]
    check_names(api, app, rng, {folder + name: name for folder in folders})
    mixed = {f"..\\{word(rng)}/{name}": name, f"../{word(rng)}\\{name}": name}
    check_names(api, app, rng, mixed)


def test_names_of_our_own_files(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """A photo that is called like a file of the service does not replace it"""
    names = ["main.py", "../main.py", "photos/../../main.py", "..\\main.py"]
    check_names(api, app, rng, dict.fromkeys(names, "main.py"))


def test_names_that_are_none(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """Where nothing but folders or dots is left, the name is photo"""
    names = [".", "..", "/", f"{word(rng)}/", f"{word(rng)}\\", f"{word(rng)}/..", "..\\."]
    check_names(api, app, rng, dict.fromkeys(names, "photo"))


def test_equal_names(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """Photos of the same name are all kept, each with its own content"""
    name = word(rng) + ".jpg"
    files = [named(rng, name) for _ in range(5)]
    photos = dropped(api, word(rng), *files[:3])
    photos += dropped(api, word(rng), *files[3:])
    assert listed(api) == photos, "all photos of one name should be listed"
    for told, (_name, content, _kind) in zip(photos, files, strict=True):
        assert told["name"] == name, "`name` should be as it was sent"
        check_kept(app, told, content)
