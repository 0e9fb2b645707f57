"""Challenges whose every hidden place holds a random word, and submissions that fail in every way."""

from __future__ import annotations

import re
from pathlib import Path

from tests.attacks.harness.canaries import fresh
from tests.packages import write_package

SLUG = "well-guarded"
BROKEN_SLUG = "out-of-order"

ASSERTS = '''"""SOURCE-1"""
WORD = "EXPECTED-1"  # SOURCE-2


def test_NAME-1(api, rng):
    """A title that everybody may see

    TAIL-1
    """
    assert api.get("/word").json() == {"word": WORD, "number": rng.random()}


def test_NAME-2(api):
    """A wrong answer with a message"""
    wanted = "EXPECTED-2"
    asked = api.post("/echo", params={"q": "SENT-1"}, headers={"x-asked": "SENT-2"}, json="SENT-3")
    assert asked.status_code == 200
    assert api.get("/word").json()["word"] == wanted, "GET /word should answer with the word"
'''
RAISES = '''def test_NAME-3(api):
    """An exception of the suite

    TAIL-2
    """
    answer = api.get("/word").json()  # SOURCE-3
    raise LookupError("EXPECTED-3", answer)


def test_NAME-4(api):
    """A key that is not there"""
    api.get("/word").json()["EXPECTED-4"]
'''
WAITS = '''def test_NAME-5(api):
    """An answer that takes too long"""
    assert api.get("/slow").text == "EXPECTED-5"
'''
MISREADS = '''def test_NAME-6(api):
    """An answer that is not JSON"""
    assert api.get("/torn").json() == "EXPECTED-6"
'''
CRASHES = '''def test_NAME-7(api):
    """An app that ends in the middle"""
    assert api.get("/end").text == "EXPECTED-7"
'''
HIDDEN = {
    "asserts": ASSERTS,
    "raises": RAISES,
    "waits": WAITS,
    "misreads": MISREADS,
    "crashes": CRASHES,
}
BROKEN = {"never": '"""SOURCE-4"""\n\nraise RuntimeError("EXPECTED-8")\n'}
QUESTION = """[[question]]
text = "Which one is it, {number}?"
explanation = "QUIZ-1"
[[question.answer]]
text = "This"
right = true
[[question.answer]]
text = "That"
right = false
"""
BESIDE = {
    "notes.md": "# Notes\n\nNOTES-1\n",
    "editorial.md": "# Worked solution\n\nEDITORIAL-1\n",
    "hints.toml": '[[hint]]\nrequirement = "REQUIREMENT"\ntext = "HINT-1"\n',
    "quiz.toml": "\n".join(QUESTION.format(number=number) for number in range(4)),
    "solutions/right/plain/main.py": "app = 'REFERENCE-1'\n",
    "solutions/wrong/crooked/main.py": "app = 'REFERENCE-2'\n",
    "solutions/wrong/expected.toml": '# EXPECTED-9\ncrooked = { loses = ["asserts"] }\n',
}

FAILS = """
import os
import time

import fastapi

app = fastapi.FastAPI()


@app.get("/word")
def word():
    return {"word": "mine"}


@app.post("/echo")
async def echo(request: fastapi.Request):
    print(request.url)
    headers = {"x-echo": request.headers["x-asked"]}
    return fastapi.Response(await request.body(), headers=headers)


@app.get("/slow")
def slow():
    time.sleep(30)


@app.get("/torn")
def torn():
    return fastapi.Response('{"word": ', media_type="application/json")


@app.get("/end")
def end():
    print("that was all")
    os._exit(3)
"""
DOES_NOT_START = "raise RuntimeError('not today')\n"


MARK = re.compile(r"[A-Z]+-[0-9]")


class Words:
    """A fresh word for every mark that stands in the planted files."""

    def __init__(self) -> None:
        self.by_mark: dict[str, str] = {}

    def written_into(self, text: str) -> str:
        """`text` with its marks, such as `NAME-1`, replaced by their words."""
        return MARK.sub(lambda found: self.by_mark.setdefault(found[0], fresh()), text)


def plant(shelf: Path, words: Words) -> None:
    """Write both challenges below `shelf`: one that works, one whose suite cannot be collected."""
    for slug, hidden in ((SLUG, HIDDEN), (BROKEN_SLUG, BROKEN)):
        suite = {name: words.written_into(text) for name, text in hidden.items()}
        folder = write_package(shelf / slug, suite, start_seconds=20, test_seconds=0.5)
        for name, text in BESIDE.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words.written_into(text.replace("REQUIREMENT", next(iter(suite)))))
