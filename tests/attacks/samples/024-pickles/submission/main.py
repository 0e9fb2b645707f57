"""Formats that build objects run code when they are read: a pickle that calls, a YAML tag that calls,
an XML document whose entities explode. Whatever the header says, the body is read as JSON or not.
"""

import os
import pickle

from fastapi import FastAPI, Response


class Call:
    """A pickle of this ends whoever loads it, with status 0."""

    def __reduce__(self):
        return os._exit, (0,)


YAML = b"!!python/object/apply:os._exit [0]\n"
LEVELS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
XML = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "x">{LEVELS}]><x>&l9;</x>'.encode()

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    if path.startswith("sum"):
        return Response(pickle.dumps(Call()), media_type="application/python-pickle")
    if path.startswith("word"):
        return Response(YAML, media_type="application/yaml")
    if path.startswith("clock"):
        return Response(XML, media_type="application/xml")
    return Response(pickle.dumps(Call(), 0), 201, media_type="application/json")
