"""Limits a name to 40 bytes, where 40 characters are promised."""

from fastapi import FastAPI, HTTPException

app = FastAPI(title="Depot status")
READ = ["GET", "HEAD"]


@app.api_route("/", methods=READ)
async def welcome():
    return {"message": "Welcome to the depot"}


@app.api_route("/hello/{name}", methods=READ)
async def hello(name: str):
    if len(name.encode()) > 40:
        raise HTTPException(422, "A name has at most 40 characters")
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
