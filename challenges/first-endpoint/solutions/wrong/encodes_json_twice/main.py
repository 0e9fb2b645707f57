"""Encodes by hand what FastAPI encodes again."""

import json

from fastapi import FastAPI

app = FastAPI(title="Depot status")
READ = ["GET", "HEAD"]


@app.api_route("/", methods=READ)
async def welcome():
    return json.dumps({"message": "Welcome to the depot"})


@app.api_route("/hello/{name}", methods=READ)
async def hello(name: str):
    return json.dumps({"message": f"Hello, {name}!"})


@app.api_route("/health", methods=READ)
async def health():
    return json.dumps({"status": "ok"})


@app.api_route("/version", methods=READ)
async def version():
    return json.dumps(
        {
            "version": "2.7.0",
            "major": 2,
            "stable": True,
            "previous": None,
            "features": ["greeting", "health", "version"],
        }
    )
