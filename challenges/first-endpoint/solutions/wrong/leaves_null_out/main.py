"""Declares a model and drops the field that is null."""

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI(title="Depot status")
READ = ["GET", "HEAD"]


class Version(BaseModel):
    version: str = "2.7.0"
    major: int = 2
    stable: bool = True
    previous: str | None = None
    features: list[str] = ["greeting", "health", "version"]


@app.api_route("/", methods=READ)
async def welcome():
    return {"message": "Welcome to the depot"}


@app.api_route("/hello/{name}", methods=READ)
async def hello(name: str):
    return {"message": f"Hello, {name}!"}


@app.api_route("/health", methods=READ)
async def health():
    return {"status": "ok"}


@app.api_route("/version", methods=READ, response_model_exclude_none=True)
async def version() -> Version:
    return Version()
