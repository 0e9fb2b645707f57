"""The noticeboard: models say what a notice is, a list keeps them."""

from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI(title="Noticeboard")


class Draft(BaseModel):
    text: str = Field(min_length=1, max_length=80)


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
