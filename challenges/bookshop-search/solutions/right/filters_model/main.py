"""The bookshop's search with one model for the query, sync handlers and routers."""

from enum import Enum
from operator import itemgetter
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Path, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, NonNegativeInt, PositiveInt

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

SHELVES = ("novels", "poetry", "science", "history", "children", "maps")
Shelf = Enum("Shelf", {name: name for name in SHELVES})
Sort = Enum("Sort", {"title": "title", "price": "price"})


class Search(BaseModel):
    q: str = Field("", min_length=2, max_length=40)
    shelf: list[Shelf] = []
    min_price: NonNegativeInt = 0
    max_price: NonNegativeInt | None = None
    in_stock: bool | None = None
    sort: Sort = Sort.title
    skip: NonNegativeInt = 0
    limit: PositiveInt = Field(5, le=20)

    def finds(self, book: dict[str, Any]) -> bool:
        shelves = {shelf.value for shelf in self.shelf}
        return all(
            (
                any(self.q.casefold() in book[name].casefold() for name in ("title", "author")),
                not shelves or book["shelf"] in shelves,
                book["price"] >= self.min_price,
                self.max_price is None or book["price"] <= self.max_price,
                self.in_stock in (None, book["in_stock"]),
            )
        )


def not_there(what: str) -> JSONResponse:
    return JSONResponse({"detail": f"There is no such {what}"}, status_code=404)


books = APIRouter(prefix="/books")
shop = APIRouter()
BY_ID = {book["id"]: book for book in BOOKS}
BY_TITLE = sorted(BOOKS, key=itemgetter("title"))


@books.get("/latest")
def latest(count: Annotated[int, Query(gt=0, lt=11)] = 3):
    return sorted(BOOKS, key=lambda book: -book["year"])[:count]


@books.get("/{book_id}")
def show(book_id: int = Path(gt=0)):
    return BY_ID.get(book_id) or not_there("book")


@books.get("")
def search(asked: Annotated[Search, Query()]):
    found = [book for book in BOOKS if asked.finds(book)]
    found.sort(
        key=itemgetter("title") if asked.sort is Sort.title else itemgetter("price", "title")
    )
    return found[asked.skip :][: asked.limit]


@shop.get("/shelves/{shelf}")
def on_shelf(shelf: Shelf):
    return [book for book in BY_TITLE if book["shelf"] == shelf.value]


@shop.get("/places/{place:path}")
def in_place(place: str):
    inside = place.split("/")
    found = [book for book in BY_TITLE if book["place"].split("/")[: len(inside)] == inside]
    return found or not_there("place")


app = FastAPI()
app.include_router(books)
app.include_router(shop)
