"""Whether the search finds what fits all that was asked for, and shows it as asked."""

import random
from itertools import combinations

import httpx

from support import (
    OTHERS,
    check_list,
    check_search,
    expected_for,
    json_in,
    stock,
    telling,
    use_the_shop,
    word,
)


def piece(rng: random.Random, text: str) -> str:
    """A part of a title or an author, in any capitals, that neither starts nor ends blank."""
    while True:
        start = rng.randrange(len(text) - 1)
        part = text[start : start + rng.randint(2, 8)]
        if len(part) >= 2 and part == part.strip():
            # Only ASCII letters change: not every database knows the capitals of the others.
            return "".join(c.swapcase() if c.isascii() and rng.random() < 0.5 else c for c in part)


def test_the_whole_stock(api: httpx.Client) -> None:
    """Without filters the search shows everything, five by five, by title"""
    check_search(api)
    check_search(api, limit=20)
    check_search(api, limit=20, sort="title")


def test_a_text(api: httpx.Client, rng: random.Random) -> None:
    """`q` looks into titles and authors, whatever the capitals"""
    for field in ("title", "author") * 4:
        check_search(api, q=piece(rng, rng.choice(stock())[field]), limit=20)
    check_search(api, q="zoë", limit=20)
    check_search(api, q=word(rng, 12), limit=20)


def test_a_text_is_no_pattern(api: httpx.Client) -> None:
    """Every character of `q` stands for itself"""
    for text in ("t?", "(and", "one)", "r 7", "a.", "l.*", "%e", "w_n", "n*h", "[a-z]", "\\w"):
        check_search(api, q=text, limit=20)


def test_spaces_and_accents(api: httpx.Client, rng: random.Random) -> None:
    """Spaces and accents in `q` count, at its ends too"""
    end = rng.choice(stock())["title"][-4:]
    for text in (f"{end} ", f" {end}", " north", "north ", "r ", " t", "  ", "the  north"):
        check_search(api, q=text, limit=20)
    for text in ("zoe", "zo", "lindqvíst", "wïnter", "bées"):
        check_search(api, q=text, limit=20)


def test_a_text_in_one_of_the_two(api: httpx.Client, rng: random.Random) -> None:
    """`q` is in the title or in the author, not across both, nor in another field"""
    book = rng.choice(stock())
    check_search(api, q=book["title"], limit=20)
    check_search(api, q=f"{book['title'][-6:]} {book['author'][:6]}".strip(), limit=20)
    check_search(api, q=f"{book['title'][-6:]}{book['author'][:6]}".strip(), limit=20)
    check_search(api, q="ground/", limit=20)
    check_search(api, q=book["shelf"], limit=20)
    check_search(api, q=str(book["year"]), limit=20)
    check_search(api, q="true", limit=20)


def test_the_price(api: httpx.Client, rng: random.Random) -> None:
    """`min_price` and `max_price` include the price itself"""
    prices = sorted(int(book["price"]) for book in stock())
    low, high = prices[rng.randrange(2, 7)], prices[rng.randrange(8, 14)]
    for price in (low, high):
        check_search(api, min_price=price, limit=20)
        check_search(api, max_price=price, limit=20)
        check_search(api, min_price=price + 1, limit=20)
        check_search(api, max_price=price - 1, limit=20)
    check_search(api, min_price=low, max_price=high, limit=20)
    check_search(api, min_price=low, max_price=low, limit=20)
    check_search(api, max_price=0)


def test_no_price_in_between(api: httpx.Client, rng: random.Random) -> None:
    """A `min_price` above `max_price` finds nothing"""
    price = int(rng.choice(stock())["price"])
    check_search(api, min_price=price + 1, max_price=price)
    check_search(api, min_price=rng.randint(2000, 9000), max_price=rng.randint(0, 1999))


def test_in_stock_or_not(api: httpx.Client) -> None:
    """`in_stock` shows what is there with true, what is not with false"""
    check_search(api, in_stock=True, limit=20)
    check_search(api, in_stock=False, limit=20)


def test_sorted_by_price(api: httpx.Client) -> None:
    """`sort=price` shows the cheapest first, equal prices by title"""
    check_search(api, sort="price", limit=20)
    check_search(api, sort="price")


def test_skip_and_limit(api: httpx.Client, rng: random.Random) -> None:
    """`skip` and `limit` cut what was found and sorted"""
    for sort in ("title", "price"):
        skip, limit = rng.randint(1, 8), rng.randint(1, 4)
        check_search(api, skip=skip, limit=limit, sort=sort)
        check_search(api, skip=skip, sort=sort)
    check_search(api, skip=rng.randint(1, 2), limit=2, in_stock=False)
    check_search(api, skip=rng.randint(100, 10**6))


def test_all_together(api: httpx.Client, rng: random.Random) -> None:
    """What is found fits every parameter that was given"""
    check_search(api, q="haddad", min_price=1051, in_stock=True)
    check_search(api, q="north", max_price=2000, in_stock=False)
    for names in [*combinations(OTHERS, 2), *combinations(OTHERS, 3)]:
        check_search(api, **telling(rng, names))
    for _ in range(6):
        low = rng.randrange(0, 1200)
        check_search(
            api,
            q=rng.choice(["an", "er", "or", "in", "th", "on", "is", "ea"]),
            min_price=low,
            max_price=low + rng.randrange(300, 2500),
            in_stock=rng.random() < 0.7,
            sort=rng.choice(["title", "price"]),
            limit=rng.randint(2, 20),
        )


def test_what_was_asked_before(api: httpx.Client, rng: random.Random) -> None:
    """A search stays the same whatever was asked before"""
    asked = telling(rng, rng.sample(OTHERS, 2))
    for _ in range(2):
        use_the_shop(api, rng)
        check_search(api, **asked)
        check_search(api)
        check_search(api, limit=20)


def test_unknown_parameters(api: httpx.Client, rng: random.Random) -> None:
    """Parameters that the search does not know are ignored"""
    asked = "the search with a parameter that it does not know"
    for name in ("x" + word(rng, 7), "count"):
        answer = api.get("/books", params={name: rng.choice(["1", "yes", "novels"]), "limit": "20"})
        check_list(json_in(answer, asked), expected_for({"limit": 20}), asked)
