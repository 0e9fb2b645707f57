"""The examples of the statement: Run checks these, and you see all of them."""

from typing import Any

import httpx

PNG = bytes.fromhex("89504E470D0A1A0A") + b"not much of a picture"
JPEG = b"\xff\xd8\xff" + b"neither is this"


def dropped(api: httpx.Client) -> list[dict[str, Any]]:
    """What POST /photos answers to two photos."""
    answer = api.post(
        "/photos",
        data={"album": "Dance floor"},
        files=[
            ("photos", ("IMG_1.png", PNG, "image/png")),
            ("photos", ("first dance.jpg", JPEG, "image/jpeg")),
        ],
    )
    found = answer.status_code
    assert found == 201, f"POST /photos should answer 201, got {found}: {answer.text[:200]}"
    photos = answer.json()
    assert isinstance(photos, list) and len(photos) == 2, f"expected two photos, got {photos}"
    assert all(isinstance(photo, dict) for photo in photos), f"expected two objects, got {photos}"
    return photos


def test_log_in(api: httpx.Client) -> None:
    """POST /login answers with a token, and GET /me knows whose it is"""
    answer = api.post("/login", data={"username": "ada", "password": "tea & scones"})
    found = answer.status_code
    assert found == 200, f"POST /login should answer 200, got {found}: {answer.text[:200]}"
    said = answer.json()
    assert isinstance(said, dict) and said.get("token_type") == "bearer", f"got {said}"
    answer = api.get("/me", headers={"Authorization": f"Bearer {said.get('access_token')}"})
    assert answer.status_code == 200, f"GET /me should answer 200, got {answer.status_code}"
    assert answer.json() == {"username": "ada"}, f"GET /me answered {answer.text[:200]}"


def test_a_wrong_password(api: httpx.Client) -> None:
    """POST /login with a wrong password answers 401"""
    found = api.post("/login", data={"username": "ada", "password": "coffee"}).status_code
    assert found == 401, f"a wrong password should be answered with 401, got {found}"


def test_drop_two_photos(api: httpx.Client) -> None:
    """POST /photos answers 201 and tells about both photos"""
    for photo, name, kind, size in zip(
        dropped(api),
        ("IMG_1.png", "first dance.jpg"),
        ("image/png", "image/jpeg"),
        (len(PNG), len(JPEG)),
        strict=True,
    ):
        told = {key: photo.get(key) for key in ("album", "name", "type", "size")}
        expected = {"album": "Dance floor", "name": name, "type": kind, "size": size}
        assert told == expected, f"expected {expected}, got {told}"


def test_look_at_them(api: httpx.Client) -> None:
    """GET /photos lists them, and GET /photos/{id} gives the bytes"""
    photos = dropped(api)
    answer = api.get("/photos")
    assert answer.status_code == 200, f"GET /photos should answer 200, got {answer.status_code}"
    assert answer.json() == photos, f"expected {photos}, got {answer.text[:300]}"
    for photo, content in zip(photos, (PNG, JPEG), strict=True):
        answer = api.get(f"/photos/{photo.get('id')}")
        assert answer.status_code == 200, f"GET of a photo answered {answer.status_code}"
        assert answer.content == content, "the photo should come back as it was sent"


def test_this_is_no_photo(api: httpx.Client) -> None:
    """POST /photos with a text file answers 415"""
    answer = api.post(
        "/photos",
        data={"album": "Speeches"},
        files=[("photos", ("speech.txt", b"Dear guests, ...", "text/plain"))],
    )
    assert answer.status_code == 415, f"expected status 415, got {answer.status_code}"


def test_too_large(api: httpx.Client) -> None:
    """POST /photos with a photo of 500,000 bytes answers 413"""
    answer = api.post(
        "/photos",
        data={"album": "Cake"},
        files=[("photos", ("cake.png", PNG.ljust(500_000, b"."), "image/png"))],
    )
    assert answer.status_code == 413, f"expected status 413, got {answer.status_code}"
