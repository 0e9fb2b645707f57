"""Apps that know nothing of any challenge: none of them may earn a point."""

from collections.abc import Mapping

from graders.description import file_of

EVERY_ROUTE = """\
@app.api_route("/{path:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
"""
EMPTY = "from fastapi import FastAPI, Request, Response\n\napp = FastAPI()\n"
ECHO = f"""
{EMPTY}
{EVERY_ROUTE}async def echo(request: Request, path: str):
    return Response(await request.body(), media_type=request.headers.get("content-type"))
"""
ALWAYS_200 = f"""
{EMPTY}
{EVERY_ROUTE}async def fine(path: str):
    return {{}}
"""
SOURCES = {"empty-app": EMPTY, "echo-app": ECHO, "always-200": ALWAYS_200}


def strangers(entry: str) -> Mapping[str, Mapping[str, str]]:
    """The files of each, with the app where this challenge looks for it."""
    attribute = entry.partition(":")[2]
    alias = "" if attribute == "app" else f"\n{attribute} = app\n"
    return {name: {file_of(entry): source + alias} for name, source in SOURCES.items()}
