"""A list that contains itself, and a document ten thousand deep: whoever formats, compares or stores
it outside runs into its own limits. Inside, the server gives up and answers 500.
"""

from fastapi import FastAPI, Response

loop: list[object] = []
loop.append(loop)

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    if path.startswith("sum"):
        return loop
    deep = '{"word": ' * 10_000 + "1" + "}" * 10_000
    return Response(deep, media_type="application/json", status_code=201 if path == "notes" else 200)
