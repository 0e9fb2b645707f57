"""Names the allowed methods in small letters."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

app = FastAPI(title="Depot status")
READ = ["GET", "HEAD"]


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
    return {
        "version": "2.7.0",
        "major": 2,
        "stable": True,
        "previous": None,
        "features": ["greeting", "health", "version"],
    }


@app.exception_handler(405)
async def explain(request: Request, exc: HTTPException):
    return JSONResponse({"detail": exc.detail}, 405, headers={"Allow": "get, head"})
