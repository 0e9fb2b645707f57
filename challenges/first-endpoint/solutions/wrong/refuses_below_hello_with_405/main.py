"""Takes every path below /hello and refuses in the function, which only GET and HEAD reach."""

from fastapi import FastAPI, HTTPException

app = FastAPI(title="Depot status", redirect_slashes=False)
READ = ["GET", "HEAD"]


@app.api_route("/", methods=READ)
async def welcome():
    return {"message": "Welcome to the depot"}


@app.api_route("/hello/{name:path}", methods=READ)
async def hello(name: str):
    if not name or "/" in name:
        raise HTTPException(404)
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
