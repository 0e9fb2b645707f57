"""Keeps what it answered last, so the second answer differs from the first."""

from fastapi import FastAPI

app = FastAPI(title="Depot status")
READ = ["GET", "HEAD"]
seen = [None]


@app.api_route("/", methods=READ)
async def welcome():
    return {"message": "Welcome to the depot"}


@app.api_route("/hello/{name}", methods=READ)
async def hello(name: str):
    return {"message": f"Hello, {name}!"}


@app.api_route("/health", methods=READ)
async def health():
    return {"status": "ok"}


@app.api_route("/version", methods=READ)
async def version():
    seen.append("2.7.0")
    return {
        "version": "2.7.0",
        "major": 2,
        "stable": True,
        "previous": seen[-2],
        "features": ["greeting", "health", "version"],
    }
