"""Calls the application something else than app."""

from fastapi import FastAPI

service = FastAPI(title="Depot status")
READ = ["GET", "HEAD"]


@service.api_route("/", methods=READ)
async def welcome():
    return {"message": "Welcome to the depot"}


@service.api_route("/hello/{name}", methods=READ)
async def hello(name: str):
    return {"message": f"Hello, {name}!"}


@service.api_route("/health", methods=READ)
async def health():
    return {"status": "ok"}


@service.api_route("/version", methods=READ)
async def version():
    return {
        "version": "2.7.0",
        "major": 2,
        "stable": True,
        "previous": None,
        "features": ["greeting", "health", "version"],
    }
