"""The photo drop: start here."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI

ACCOUNTS = {
    "ada": "tea & scones",
    "grace": "50% moth + 50% light",
    "linus": "süß=kalt",
}
FOLDER = Path(__file__).parent / "photos"
FOLDER.mkdir(exist_ok=True)

app = FastAPI(title="Photo drop")


@app.get("/photos")
async def list_photos() -> list[dict[str, Any]]:
    return []
