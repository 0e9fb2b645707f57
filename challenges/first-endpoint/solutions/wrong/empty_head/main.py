"""Writes HEAD handlers of their own, whose headers describe an empty body."""

from fastapi import FastAPI, Response

app = FastAPI(title="Depot status")


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
    return {
        "version": "2.7.0",
        "major": 2,
        "stable": True,
        "previous": None,
        "features": ["greeting", "health", "version"],
    }


@app.head("/")
@app.head("/hello/{name}")
@app.head("/health")
@app.head("/version")
async def only_headers():
    return Response()
