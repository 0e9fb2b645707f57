"""Checks the name with a pattern that no single letter fits."""

from typing import Annotated

from fastapi import FastAPI, Path

app = FastAPI(title="Depot status")
READ = ["GET", "HEAD"]
Name = Annotated[str, Path(max_length=40, pattern=r"^[\p{L}\p{N}][\p{L}\p{N} '-]*[\p{L}\p{N}]$")]


@app.api_route("/", methods=READ)
async def welcome():
    return {"message": "Welcome to the depot"}


@app.api_route("/hello/{name}", methods=READ)
async def hello(name: Name):
    return {"message": f"Hello, {name}!"}


@app.api_route("/health", methods=READ)
async def health():
    return {"status": "ok"}


@app.api_route("/version", methods=READ)
async def version():
    return {
        "version": "2.7.0",
        "major": 2,
        "stable": True,
        "previous": None,
        "features": ["greeting", "health", "version"],
    }
