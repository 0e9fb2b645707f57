"""How a search compares words: without case, accents or punctuation round them."""

from __future__ import annotations

import unicodedata

MAX_SEARCH_CHARACTERS = 100


def plain(text: str) -> str:
    """The text as it is compared: `Café` and `CAFE` are the same."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def words_of(search: str) -> list[str]:
    """What a search asks for, each word once and in its order."""
    return list(dict.fromkeys(plain(search).split()))
