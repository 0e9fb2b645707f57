"""The depot's status service on Starlette's plain routes, which add HEAD to every GET."""

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse
from starlette.routing import Route

VERSION = {
    "version": "2.7.0",
    "major": 2,
    "stable": True,
    "previous": None,
    "features": ["greeting", "health", "version"],
}


def welcome(request: Request) -> JSONResponse:
    return JSONResponse({"message": "Welcome to the depot"})


def hello(request: Request) -> JSONResponse:
    return JSONResponse({"message": f"Hello, {request.path_params['name']}!"})


def health(request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


def version(request: Request) -> JSONResponse:
    return JSONResponse(VERSION)


app = FastAPI(
    routes=[
        Route("/", welcome),
        Route("/hello/{name}", hello),
        Route("/health", health),
        Route("/version", version),
    ]
)
