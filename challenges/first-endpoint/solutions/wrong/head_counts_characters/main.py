"""Writes HEAD by hand and counts characters, where a header counts bytes."""

import json

from fastapi import FastAPI, Response

app = FastAPI(title="Depot status")
VERSION = {
    "version": "2.7.0",
    "major": 2,
    "stable": True,
    "previous": None,
    "features": ["greeting", "health", "version"],
}


def head_of(body):
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(
        headers={"Content-Length": str(len(text)), "Content-Type": "application/json"}
    )


@app.get("/")
async def welcome():
    return {"message": "Welcome to the depot"}


@app.get("/hello/{name}")
async def hello(name: str):
    return {"message": f"Hello, {name}!"}


@app.get("/health")
async def health():
    return {"status": "ok"}


@app.get("/version")
async def version():
    return VERSION


@app.head("/")
async def head_of_welcome():
    return head_of(await welcome())


@app.head("/hello/{name}")
async def head_of_hello(name: str):
    return head_of(await hello(name))


@app.head("/health")
async def head_of_health():
    return head_of(await health())


@app.head("/version")
async def head_of_version():
    return head_of(VERSION)
