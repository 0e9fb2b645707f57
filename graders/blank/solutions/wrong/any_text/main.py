"""The noticeboard, which takes a text of any length."""

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI(title="Noticeboard")


class Draft(BaseModel):
    text: str


class Notice(Draft):
    id: int


board: list[Notice] = []


@app.post("/notices", status_code=201)
def pin(draft: Draft) -> Notice:
    notice = Notice(id=len(board) + 1, text=draft.text)
    board.append(notice)
    return notice


@app.get("/notices")
def read() -> list[Notice]:
    return board[::-1]
