"""Shows a page, not JSON, to whoever asks for HTML."""

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

app = FastAPI(title="Depot status")
READ = ["GET", "HEAD"]


@app.api_route("/", methods=READ)
async def welcome(request: Request):
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse("<h1>Welcome to the depot</h1>")
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
