"""The photo drop with a middleware that counts what comes in, and plain functions in threads."""

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Depends, FastAPI, File, Form, HTTPException, UploadFile, status
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ACCOUNTS = {
    "ada": "tea & scones",
    "grace": "50% moth + 50% light",
    "linus": "süß=kalt",
}
FOLDER = Path("photos")
FOLDER.mkdir(exist_ok=True)


class LimitBody:
    """Refuses a body as soon as it is too long, whether or not it says so beforehand."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        for name, value in scope["headers"]:
            if name == b"content-length" and int(value) > self.most:
                answer = JSONResponse({"detail": "Too much at once"}, 413)
                await answer(scope, receive, send)
                return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self.most:
                raise HTTPException(413, "Too much at once")
            return message

        await self.app(scope, counted, send)


@dataclass
class Photo:
    id: str
    album: str
    name: str
    type: str
    size: int


class Wall:
    """The photos, oldest first, and their files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.photos: dict[str, Photo] = {}
        self.numbers = count(1)

    def path(self, photo_id: str) -> Path:
        return self.folder / photo_id

    def add(self, album: str, upload: UploadFile, kind: str) -> Photo:
        name = (upload.filename or "").replace("\\", "/").rpartition("/")[2]
        if name in {"", ".", ".."}:
            name = "photo"
        photo_id = f"photo-{next(self.numbers)}"
        with self.path(photo_id).open("wb") as file:
            shutil.copyfileobj(upload.file, file)
            size = file.tell()
        self.photos[photo_id] = Photo(photo_id, album, name, kind, size)
        return self.photos[photo_id]


def kind_of(upload: UploadFile) -> str:
    head = upload.file.read(8)
    size = upload.file.seek(0, 2)
    upload.file.seek(0)
    if size > 400_000:
        raise HTTPException(status.HTTP_413_CONTENT_TOO_LARGE)
    if head == bytes.fromhex("89504E470D0A1A0A"):
        return "image/png"
    if head[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    raise HTTPException(status.HTTP_415_UNSUPPORTED_MEDIA_TYPE)


wall = Wall(FOLDER)
users: dict[str, str] = {}
router = APIRouter()
bearer = OAuth2PasswordBearer("/login")


@router.post("/login")
def login(form: OAuth2PasswordRequestForm = Depends()) -> dict[str, str]:
    if form.username not in ACCOUNTS or ACCOUNTS[form.username] != form.password:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)
    token = uuid4().hex
    users[token] = form.username
    return {"access_token": token, "token_type": "bearer"}


@router.get("/me")
def me(token: str = Depends(bearer)) -> dict[str, str]:
    if token not in users:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)
    return {"username": users[token]}


@router.post("/photos")
def drop(
    album: str = Form(min_length=1, max_length=40), photos: list[UploadFile] = File()
) -> JSONResponse:
    if len(photos) > 8:
        raise HTTPException(status.HTTP_413_CONTENT_TOO_LARGE)
    kinds = [kind_of(upload) for upload in photos]
    added = [wall.add(album, upload, kind) for upload, kind in zip(photos, kinds)]
    return JSONResponse([asdict(photo) for photo in added], 201)


@router.get("/photos")
def index() -> list[dict[str, Any]]:
    return [asdict(photo) for photo in wall.photos.values()]


def pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(32_768), b"")


@router.get("/photos/{photo_id}")
def show(photo_id: str) -> StreamingResponse:
    if photo_id not in wall.photos:
        raise HTTPException(status.HTTP_404_NOT_FOUND)
    return StreamingResponse(pieces(wall.path(photo_id)), media_type=wall.photos[photo_id].type)


app = FastAPI()
app.include_router(router)
app.add_middleware(LimitBody, most=4_000_000)
