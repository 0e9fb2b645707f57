"""The noticeboard: a table in memory keeps the notices and gives them their ids."""

import sqlite3
from typing import Annotated, Any

from fastapi import APIRouter, Body, FastAPI

database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
database.row_factory = sqlite3.Row
database.execute("CREATE TABLE notice (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL)")

router = APIRouter(prefix="/notices")


@router.post("", status_code=201)
async def pin(
    text: Annotated[str, Body(embed=True, min_length=1, max_length=80)],
) -> dict[str, Any]:
    added = database.execute("INSERT INTO notice (text) VALUES (?)", (text,))
    return {"id": added.lastrowid, "text": text}


@router.get("")
async def read() -> list[dict[str, Any]]:
    rows = database.execute("SELECT id, text FROM notice ORDER BY id DESC")
    return [dict(row) for row in rows]


app = FastAPI(title="Noticeboard")
app.include_router(router)
