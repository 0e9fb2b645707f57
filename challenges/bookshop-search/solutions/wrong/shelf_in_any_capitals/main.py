"""Mistake: the shelves of the search are taken in any capitals."""

from enum import StrEnum
from typing import Annotated, Literal

from fastapi import FastAPI, HTTPException, Path, Query
from pydantic import BaseModel, BeforeValidator


class Shelf(StrEnum):
    NOVELS = "novels"
    POETRY = "poetry"
    SCIENCE = "science"
    HISTORY = "history"
    CHILDREN = "children"
    MAPS = "maps"


class Book(BaseModel):
    id: int
    title: str
    author: str
    shelf: Shelf
    place: str
    year: int
    price: int
    in_stock: bool


STOCK = """
1|Winter Bees|Ines Duarte|novels|ground/window|2019|1250|true
4|The Lighthouse Ledger|Tomas Berg|novels|ground/north/top|2004|895|true
7|Counting Stones|Mira Okafor|science|first/east|2021|2400|false
12|Atlas of Small Rivers|Zoë Lindqvist|history|first/west/atlases|1998|3150|true
15|Kites over Porto|Ines Duarte|children|ground/corner|2015|750|true
23|Five Winters North|Tomas Berg|history|first/west|2011|1600|false
28|Nine Short Proofs (and One Long)|Mira Okafor|science|first/east/maths|2008|1250|true
31|Is This Left?|Pia Rossi|children|ground/corner|2023|750|false
36|Salt and Signal|Jonas Weir|poetry|ground/north|2017|980|true
40|Borrowed Light|Jonas Weir|poetry|ground/north|1987|640|false
44|Half a Map|Zoë Lindqvist|novels|ground/north/top|2022|1400|true
52|Readings This Winter|The Bookshop|poetry|ground/window|2024|0|true
57|Quarks for Breakfast|Pia Rossi|science|first/east|2013|1100|true
63|Under the Tram Lines|Tomas Berg|novels|ground/northwest|2009|895|false
68|Domes of the North|Amal Haddad|history|first/west/atlases|2020|2750|true
71|Ghosts of Pier 7|Amal Haddad|novels|ground/north/top|2016|1050|true
"""


def read(line: str) -> Book:
    return Book.model_validate(dict(zip(Book.model_fields, line.split("|"))))


# By title once and for all: every list starts from this order, and sorting keeps it among equals.
BOOKS = sorted(map(read, STOCK.strip().splitlines()), key=lambda book: book.title)
AnyShelf = Annotated[Shelf, BeforeValidator(str.lower)]
Price = Annotated[int | None, Query(ge=0)]

app = FastAPI(title="Bookshop search")


@app.get("/books")
async def search(
    q: Annotated[str | None, Query(min_length=2, max_length=40)] = None,
    shelf: Annotated[list[AnyShelf] | None, Query()] = None,
    min_price: Price = None,
    max_price: Price = None,
    in_stock: bool | None = None,
    sort: Literal["title", "price"] = "title",
    skip: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=20)] = 5,
) -> list[Book]:
    found = [
        book
        for book in BOOKS
        if (q is None or q.lower() in book.title.lower() or q.lower() in book.author.lower())
        and (shelf is None or book.shelf in shelf)
        and (min_price is None or book.price >= min_price)
        and (max_price is None or book.price <= max_price)
        and (in_stock is None or book.in_stock == in_stock)
    ]
    if sort == "price":
        found.sort(key=lambda book: book.price)
    return found[skip : skip + limit]


# Above /books/{book_id}, which would take the word for an id.
@app.get("/books/latest")
async def latest(count: Annotated[int, Query(ge=1, le=10)] = 3) -> list[Book]:
    return sorted(BOOKS, key=lambda book: book.year, reverse=True)[:count]


@app.get("/books/{book_id}")
async def show(book_id: Annotated[int, Path(ge=1)]) -> Book:
    for book in BOOKS:
        if book.id == book_id:
            return book
    raise HTTPException(404, "There is no book with this number")


@app.get("/shelves/{shelf}")
async def on_shelf(shelf: Shelf) -> list[Book]:
    return [book for book in BOOKS if book.shelf == shelf]


@app.get("/places/{place:path}")
async def in_place(place: str) -> list[Book]:
    found = [book for book in BOOKS if f"{book.place}/".startswith(f"{place}/")]
    if not found:
        raise HTTPException(404, "No book stands in this place")
    return found
