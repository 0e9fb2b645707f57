"""Mistake: counts the bytes of the photos, and reads on in other fields for ever."""

import secrets
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import python_multipart
from fastapi import FastAPI, Form, Header, HTTPException, Request, Response
from pydantic import BaseModel
from python_multipart.multipart import parse_options_header

ACCOUNTS = {
    "ada": "tea & scones",
    "grace": "50% moth + 50% light",
    "linus": "süß=kalt",
}
FOLDER = Path(__file__).parent / "photos"
FOLDER.mkdir(exist_ok=True)
KINDS = [
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/gif", b"GIF87a"),
    ("image/gif", b"GIF89a"),
]

app = FastAPI()
index: list[dict[str, Any]] = []
logins: dict[str, str] = {}


class Credentials(BaseModel):
    username: str
    password: str


@app.post("/login")
async def login(form: Annotated[Credentials, Form()]) -> dict[str, str]:
    expected = ACCOUNTS.get(form.username, "").encode()
    if not expected or not secrets.compare_digest(expected, form.password.encode()):
        raise HTTPException(401)
    token = secrets.token_hex(16)
    logins[token] = form.username
    return {"access_token": token, "token_type": "bearer"}


@app.get("/me")
async def me(authorization: Annotated[str, Header()] = "") -> dict[str, str]:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or token not in logins:
        raise HTTPException(401)
    return {"username": logins[token]}


class Upload:
    """One form on its way in: files are written as they come, and taken away again if it fails."""

    def __init__(self) -> None:
        self.album = b""
        self.photos: list[dict[str, Any]] = []
        self.header = b""
        self.value = b""
        self.disposition = b""
        self.field = b""
        self.start = b""
        self.file: BinaryIO | None = None

    def callbacks(self) -> dict[str, Any]:
        names = ("part_begin", "part_data", "part_end", "header_field", "header_value")
        names += ("header_end", "headers_finished")
        return {f"on_{name}": getattr(self, name) for name in names}

    def part_begin(self) -> None:
        self.disposition = self.field = self.start = b""

    def header_field(self, data: bytes, start: int, end: int) -> None:
        self.header += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self.value += data[start:end]

    def header_end(self) -> None:
        if self.header.lower() == b"content-disposition":
            self.disposition = self.value
        self.header = self.value = b""

    def headers_finished(self) -> None:
        _, options = parse_options_header(self.disposition)
        self.field = options.get(b"name", b"")
        if self.field != b"photos":
            return
        if b"filename" not in options:
            raise HTTPException(422, "photos are files")
        if len(self.photos) == 8:
            raise HTTPException(413, "at most 8 photos")
        name = options[b"filename"].decode().split("/")[-1].split("\\")[-1]
        photo_id = secrets.token_urlsafe(12)
        if name in ("", ".", ".."):
            name = "photo"
        self.photos.append({"id": photo_id, "album": "", "name": name, "type": "", "size": 0})
        self.file = (FOLDER / photo_id).open("wb")

    def part_data(self, data: bytes, start: int, end: int) -> None:
        piece = data[start:end]
        if self.field == b"album":
            self.album += piece
        if self.file is None:
            return
        photo = self.photos[-1]
        photo["size"] += len(piece)
        if photo["size"] > 400_000:
            raise HTTPException(413, "too large")
        self.start = (self.start + piece)[:8]
        self.file.write(piece)

    def part_end(self) -> None:
        if self.file is None:
            return
        self.file.close()
        self.file = None
        kind = next((kind for kind, head in KINDS if self.start.startswith(head)), "")
        if not kind:
            raise HTTPException(415, "not a photo")
        self.photos[-1]["type"] = kind

    def finish(self) -> list[dict[str, Any]]:
        album = self.album.decode()
        if not 1 <= len(album) <= 40 or not self.photos:
            raise HTTPException(422, "an album and photos are needed")
        return [{**photo, "album": album} for photo in self.photos]

    def undo(self) -> None:
        if self.file:
            self.file.close()
        for photo in self.photos:
            (FOLDER / photo["id"]).unlink(missing_ok=True)


@app.post("/photos", status_code=201)
async def drop(request: Request) -> list[dict[str, Any]]:
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise HTTPException(422, "this is no form with files")
    upload = Upload()
    try:
        parser = python_multipart.MultipartParser(options[b"boundary"], upload.callbacks())
        async for piece in request.stream():
            parser.write(piece)
        photos = upload.finish()
    except BaseException:
        upload.undo()
        raise
    index.extend(photos)
    return photos


@app.get("/photos")
async def photos() -> list[dict[str, Any]]:
    return index


@app.get("/photos/{photo_id}")
async def photo(photo_id: str) -> Response:
    for each in index:
        if each["id"] == photo_id:
            return Response((FOLDER / photo_id).read_bytes(), media_type=each["type"])
    raise HTTPException(404)
