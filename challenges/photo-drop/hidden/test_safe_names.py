"""Whether file names are cleaned, and never say where a photo is kept."""

import random
import string
from typing import Any

import httpx

from support import File, dropped, head, listed, photo, photos_in, word


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
    names = [f"{rng.choice(string.ascii_letters)}: {word(rng)}.png", f" {word(rng)}.png"]
    names += [word(rng) * 90, f"{word(rng)}.tar.gz", "漢字🎉.jpg"]
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


def test_an_empty_name(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """A photo whose name is empty is called photo"""
    boundary, (_name, content, kind) = word(rng, 30), photo(rng)
    body = head(boundary, "album") + word(rng).encode() + b"\r\n"
    body += (
        head(boundary, "photos", f'; filename=""\r\nContent-Type: {kind}')
        + content
        + f"\r\n--{boundary}--\r\n".encode()
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    answer = api.post("/photos", content=body, headers=headers)
    found = answer.status_code
    assert found == 201, f"a photo with an empty name should be answered with 201, got {found}"
    photos = photos_in(answer, "POST /photos")
    assert len(photos) == 1, f"one photo was sent, {len(photos)} came back"
    assert photos[0]["name"] == "photo", "`name` should be photo where the name is empty"
    check_kept(app, photos[0], content)


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
