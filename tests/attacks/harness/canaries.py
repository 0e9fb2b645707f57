"""Random words planted where no candidate may look, and the search for them in what comes out."""

from __future__ import annotations

import base64
import codecs
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

from graders.verdict import Result

PREFIX = "canary"
BYTES = 16
STARTING = ("did_not_start", "rejected")


def fresh() -> str:
    """A word of 128 random bits that a scan can also find by its look."""
    return PREFIX + secrets.token_hex(BYTES)


@dataclass(frozen=True, slots=True)
class Canaries:
    """One word for every place that a candidate must not see; new ones for every run."""

    source: str = field(default_factory=fresh)
    expected: str = field(default_factory=fresh)
    name: str = field(default_factory=fresh)
    reference: str = field(default_factory=fresh)
    other_code: str = field(default_factory=fresh)
    environment: str = field(default_factory=fresh)
    input: str = field(default_factory=fresh)
    """Inputs reach the app, so what staff see of it may hold them; what the candidate is told may not."""

    def written_into(self, text: str, owner: str = "") -> str:
        """`text` with its marks replaced by the words; `owner` is for code that has an author."""
        words = {
            "CANARY_SOURCE": self.source,
            "CANARY_EXPECTED": self.expected,
            "CANARY_NAME": self.name,
            "CANARY_INPUT": self.input,
            "CANARY_OWNER": owner,
        }
        for mark, word in words.items():
            text = text.replace(mark, word)
        return text

    def found_in(self, result: Result) -> list[str]:
        """Which words a result gives away, to the candidate or to staff who read more of it."""
        document = asdict(result)
        for_staff = _texts([document.pop("output"), document.pop("evidence")])
        words = asdict(self)
        told = _found(_texts(document), words)
        if result.verdict.value not in STARTING:
            del words["input"]
        return told + _found(for_staff, words)


def _found(texts: list[str], words: Mapping[str, str]) -> list[str]:
    haystack = "\n".join([*texts, json.dumps(texts)])
    views = (haystack, haystack.lower(), re.sub(r"[^0-9A-Za-z]", "", haystack).lower())
    return [
        f"{place} (as {form})"
        for place, word in words.items()
        for form, needle in disguises(word.removeprefix(PREFIX))
        if any(needle in view for view in views)
    ]


def disguises(word: str) -> Iterator[tuple[str, str]]:
    """The word, and what it looks like after the usual ways to carry it out."""
    data = word.encode()
    yield "plain text", word
    yield "reversed text", word[::-1]
    yield "hex", data.hex()
    yield "raw bytes", bytes.fromhex(word).decode("latin-1")
    yield "base32", base64.b32encode(data).decode().rstrip("=")
    yield "base85", base64.b85encode(data).decode()
    yield "rot13", codecs.encode(word, "rot13")
    yield "JSON escapes", "".join(f"\\u{byte:04x}" for byte in data)
    yield "HTML escapes", "".join(f"&#{byte};" for byte in data)
    yield "HTML hex escapes", "".join(f"&#x{byte:x};" for byte in data)
    yield "URL escapes", "".join(f"%{byte:02x}" for byte in data)
    for shift in range(3):
        coded = base64.b64encode(bytes(shift) + data).decode()
        # The first and last characters also depend on what stands around the word.
        yield "base64", coded[4 if shift else 0 : len(coded) // 4 * 4 - 4]


def _texts(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [text for pair in value.items() for part in pair for text in _texts(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in _texts(part)]
    return [str(value)]
