"""The bookshop's search: start here."""

from typing import Any

from fastapi import FastAPI

FIELDS = ("id", "title", "author", "shelf", "place", "year", "price", "in_stock")
ROWS = [
    (1, "Winter Bees", "Ines Duarte", "novels", "ground/window", 2019, 1250, True),
    (4, "The Lighthouse Ledger", "Tomas Berg", "novels", "ground/north/top", 2004, 895, True),
    (7, "Counting Stones", "Mira Okafor", "science", "first/east", 2021, 2400, False),
    (
        12,
        "Atlas of Small Rivers",
        "Zoë Lindqvist",
        "history",
        "first/west/atlases",
        1998,
        3150,
        True,
    ),
    (15, "Kites over Porto", "Ines Duarte", "children", "ground/corner", 2015, 750, True),
    (23, "Five Winters North", "Tomas Berg", "history", "first/west", 2011, 1600, False),
    (
        28,
        "Nine Short Proofs (and One Long)",
        "Mira Okafor",
        "science",
        "first/east/maths",
        2008,
        1250,
        True,
    ),
    (31, "Is This Left?", "Pia Rossi", "children", "ground/corner", 2023, 750, False),
    (36, "Salt and Signal", "Jonas Weir", "poetry", "ground/north", 2017, 980, True),
    (40, "Borrowed Light", "Jonas Weir", "poetry", "ground/north", 1987, 640, False),
    (44, "Half a Map", "Zoë Lindqvist", "novels", "ground/north/top", 2022, 1400, True),
    (52, "Readings This Winter", "The Bookshop", "poetry", "ground/window", 2024, 0, True),
    (57, "Quarks for Breakfast", "Pia Rossi", "science", "first/east", 2013, 1100, True),
    (63, "Under the Tram Lines", "Tomas Berg", "novels", "ground/northwest", 2009, 895, False),
    (68, "Domes of the North", "Amal Haddad", "history", "first/west/atlases", 2020, 2750, True),
    (71, "Ghosts of Pier 7", "Amal Haddad", "novels", "ground/north/top", 2016, 1050, True),
]
BOOKS = [dict(zip(FIELDS, row, strict=True)) for row in ROWS]

app = FastAPI(title="Bookshop search")


@app.get("/books/{book_id}")
async def show(book_id: str) -> dict[str, Any]:
    return {"book_id": book_id}
