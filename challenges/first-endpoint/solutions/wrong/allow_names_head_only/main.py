"""Stacks get above head, so the HEAD route is found first."""

from fastapi import FastAPI

app = FastAPI(title="Depot status")


@app.get("/")
@app.head("/")
async def welcome():
    return {"message": "Welcome to the depot"}


@app.get("/hello/{name}")
@app.head("/hello/{name}")
async def hello(name: str):
    return {"message": f"Hello, {name}!"}


@app.get("/health")
@app.head("/health")
async def health():
    return {"status": "ok"}


@app.get("/version")
@app.head("/version")
async def version():
    return {
        "version": "2.7.0",
        "major": 2,
        "stable": True,
        "previous": None,
        "features": ["greeting", "health", "version"],
    }
