"""Mistake: compares passwords in an encoding that has no letters for most of them."""

import re
import secrets
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, File, Form, HTTPException, UploadFile
from fastapi.responses import FileResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

ACCOUNTS = {
    "ada": "tea & scones",
    "grace": "50% moth + 50% light",
    "linus": "süß=kalt",
}
FOLDER = Path(__file__).parent / "photos"
FOLDER.mkdir(exist_ok=True)

SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
MAX_PHOTO_BYTES = 400_000
MAX_PHOTOS = 8
MAX_UPLOAD_BYTES = 4_000_000
PIECE_BYTES = 64 * 1024


class Photo(BaseModel):
    id: str
    album: str
    name: str
    type: str
    size: int


app = FastAPI(title="Photo drop")
photos: dict[str, Photo] = {}
tokens: dict[str, str] = {}


@app.post("/login")
async def login(
    username: Annotated[str, Form()], password: Annotated[str, Form()]
) -> dict[str, str]:
    expected = ACCOUNTS.get(username, "").encode("latin-1")
    if not expected or not secrets.compare_digest(expected, password.encode("latin-1")):
        raise HTTPException(401, "User name and password do not fit")
    token = secrets.token_urlsafe()
    tokens[token] = username
    return {"access_token": token, "token_type": "bearer"}


@app.get("/me")
async def me(
    bearer: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())],
) -> dict[str, str]:
    if bearer.credentials not in tokens:
        raise HTTPException(401, "This token was never given out")
    return {"username": tokens[bearer.credentials]}


async def photo_of(file: UploadFile, album: str) -> Photo:
    """What is known of a file that may be stored."""
    if file.size > MAX_PHOTO_BYTES:
        raise HTTPException(413, "A photo has at most 400,000 bytes")
    start = await file.read(8)
    await file.seek(0)
    kind = next((k for s, k in SIGNATURES.items() if start.startswith(s)), None)
    if kind is None:
        raise HTTPException(415, "Only PNG, JPEG and GIF are welcome")
    name = re.split(r"[/\\]", file.filename)[-1]
    name = "photo" if name in ("", ".", "..") else name
    return Photo(id=secrets.token_hex(), album=album, name=name, type=kind, size=file.size)


# The limit on the body works while it comes in; by the time `drop` runs, all of it is there.
@app.post("/photos", status_code=201, max_body_size=MAX_UPLOAD_BYTES)
async def drop(
    album: Annotated[str, Form(min_length=1, max_length=40)],
    files: Annotated[list[UploadFile], File(alias="photos")],
) -> list[Photo]:
    if len(files) > MAX_PHOTOS:
        raise HTTPException(413, "At most 8 photos at once")
    dropped = [await photo_of(file, album) for file in files]
    for file, photo in zip(files, dropped):
        with open(FOLDER / photo.id, "wb") as stored:
            while piece := await file.read(PIECE_BYTES):
                stored.write(piece)
        photos[photo.id] = photo
    return dropped


@app.get("/photos")
async def list_photos() -> list[Photo]:
    return list(photos.values())


@app.get("/photos/{photo_id}")
async def show(photo_id: str) -> FileResponse:
    if photo_id not in photos:
        raise HTTPException(404, "There is no such photo")
    return FileResponse(FOLDER / photo_id, media_type=photos[photo_id].type)
