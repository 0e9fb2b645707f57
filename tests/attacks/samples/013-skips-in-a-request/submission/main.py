"""Raised in the process of the suite, these count as "skipped" or "expected failure", which is no
failure. Raised in the app they are errors of the app.
"""

import unittest

from fastapi import FastAPI

try:
    from _pytest.outcomes import Skipped, XFailed
except ImportError:
    Skipped = type("Skipped", (BaseException,), {"__module__": "builtins", "allow_module_level": True})
    XFailed = type("XFailed", (BaseException,), {"__module__": "builtins"})

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    if path.startswith("word"):
        raise Skipped("no need")
    if path.startswith("notes"):
        raise XFailed("as expected")
    raise unittest.SkipTest("not today")
