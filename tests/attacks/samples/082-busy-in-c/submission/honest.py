"""The exam by the book; what a sample does wrong stands in its main.py."""

from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter()
notes: list[dict[str, int | str]] = []


class Note(BaseModel):
    text: str


@router.get("/sum")
async def sum_of(a: int, b: int) -> dict[str, int]:
    return {"sum": a + b}


@router.get("/word/{word}")
async def word_of(word: str) -> dict[str, str]:
    return {"word": word}


@router.post("/notes", status_code=201)
async def add(note: Note) -> dict[str, int | str]:
    notes.append({"id": len(notes) + 1, "text": note.text})
    return notes[-1]


@router.get("/notes")
async def all_notes() -> list[dict[str, int | str]]:
    return notes


@router.get("/clock")
async def clock(seconds: int) -> dict[str, int]:
    return {"minutes": seconds // 60, "seconds": seconds % 60}
