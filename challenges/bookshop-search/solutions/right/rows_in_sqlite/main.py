"""The bookshop's search as SQL on SQLite, with the filters in a dependency."""

import sqlite3
from typing import Annotated, Any, Literal, get_args

from fastapi import Depends, FastAPI, HTTPException, Path, Query

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
Shelf = Literal["novels", "poetry", "science", "history", "children", "maps"]

# SQLite holds no larger number, and nothing here is beyond it.
LARGEST = 2**63 - 1

db = sqlite3.connect(":memory:", check_same_thread=False)
db.row_factory = sqlite3.Row
db.execute(f"CREATE TABLE book ({', '.join(FIELDS)})")
db.executemany("INSERT INTO book VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ROWS)
app = FastAPI()


def select(rest: str, values: Any = ()) -> list[dict[str, Any]]:
    held = [min(value, LARGEST) if isinstance(value, int) else value for value in values]
    rows = db.execute(f"SELECT * FROM book {rest}", held)
    return [{**dict(row), "in_stock": bool(row["in_stock"])} for row in rows]


def found_or_404(books: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not books:
        raise HTTPException(status_code=404)
    return books


class Filters:
    def __init__(
        self,
        q: Annotated[str | None, Query(min_length=2, max_length=40)] = None,
        shelf: Annotated[list[Shelf], Query()] = list(get_args(Shelf)),
        min_price: Annotated[int, Query(ge=0)] = 0,
        max_price: Annotated[int | None, Query(ge=0)] = None,
        in_stock: bool | None = None,
    ) -> None:
        marks = ", ".join("?" * len(shelf))
        self.where = (
            "WHERE (? IS NULL OR instr(lower(title), ?) OR instr(lower(author), ?)) "
            f"AND shelf IN ({marks}) AND price >= ? AND (? IS NULL OR price <= ?) "
            "AND (? IS NULL OR in_stock = ?)"
        )
        text = q.lower() if q else None
        prices = [min_price, max_price, max_price]
        self.values = [text, text, text, *shelf, *prices, in_stock, in_stock]


@app.get("/books/latest")
async def latest(count: int = Query(3, ge=1, le=10)):
    return select("ORDER BY year DESC LIMIT ?", [count])


@app.get("/books")
async def search(
    filters: Annotated[Filters, Depends()],
    sort: Literal["title", "price"] = "title",
    skip: int = Query(0, ge=0),
    limit: int = Query(5, ge=1, le=20),
):
    order = "title" if sort == "title" else "price, title"
    rest = f"{filters.where} ORDER BY {order} LIMIT ? OFFSET ?"
    return select(rest, [*filters.values, limit, skip])


@app.get("/books/{book_id}")
async def show(book_id: Annotated[int, Path(ge=1)]):
    return found_or_404(select("WHERE id = ?", [book_id]))[0]


@app.get("/shelves/{shelf}")
async def on_shelf(shelf: Shelf):
    return select("WHERE shelf = ? ORDER BY title", [shelf])


@app.get("/places/{place:path}")
async def in_place(place: str):
    inside = f"{place}/"
    found = select("WHERE substr(place || '/', 1, ?) = ? ORDER BY title", [len(inside), inside])
    return found_or_404(found)
