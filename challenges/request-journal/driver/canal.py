"""The canal's service as it runs today. It is given, and stays as it is."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from typing import Any, Literal

from fastapi import APIRouter, HTTPException, Response, WebSocket
from fastapi.responses import StreamingResponse

LEVELS = {"north": 214, "south": 187, "harbour": 305}
BARGES = {"Marie": 80, "Ottilie": 120}

journal: list[Any] = []
"""One entry for each call that is over. `GET /journal` shows it."""


class Lock:
    """Opens when there are two boats in it."""

    def __init__(self) -> None:
        self.boats = 0
        self.is_full = asyncio.Event()

    async def enter(self) -> None:
        self.boats += 1
        if self.boats == 2:
            self.is_full.set()
        await self.is_full.wait()


def routes(request_id: Callable[[], str]) -> APIRouter:
    """All routes. `request_id` tells, wherever it is called, the id of the call being served."""
    router = APIRouter()
    locks: defaultdict[str, Lock] = defaultdict(Lock)
    radio: defaultdict[str, asyncio.Queue[str]] = defaultdict(asyncio.Queue)

    @router.get("/basins/{basin}")
    async def level(basin: str, unit: Literal["cm", "mm"] = "cm") -> dict[str, Any]:
        if basin not in LEVELS:
            raise HTTPException(404, "No such basin", {"X-Known-Basins": str(len(LEVELS))})
        factor = 10 if unit == "mm" else 1
        return {"basin": basin, "level": LEVELS[basin] * factor, "call": request_id()}

    @router.get("/tolls/{tons}")
    def toll(tons: int) -> dict[str, Any]:
        # No tons, no toll: nobody has thought of that.
        return {"cents_per_ton": (5000 + 12 * tons) // tons, "call": request_id()}

    @router.get("/barges/{name}")
    async def barge(name: str) -> dict[str, Any]:
        # A name that is not in the list: nobody has thought of that either.
        return {"name": name, "tons": BARGES[name], "call": request_id()}

    @router.get("/passes/{boat}")
    async def get_pass(boat: str, response: Response) -> dict[str, str]:
        response.set_cookie("boat", boat)
        response.set_cookie("season", "summer")
        return {"boat": boat}

    @router.delete("/passes/{boat}", status_code=204)
    async def give_back(boat: str) -> None:
        return None

    @router.get("/gauges/{place}")
    async def gauge(place: str) -> dict[str, Any]:
        await asyncio.sleep(0.06)  # the old gauges take 60 ms
        return {"place": place, "pressure": 3.5}

    @router.get("/soundings/{place}")
    async def soundings(place: str) -> StreamingResponse:
        async def lines() -> AsyncIterator[str]:
            for depth in (310, 295, 302):
                yield f"{place} {depth}\n"
                await asyncio.sleep(0.02)  # the lead has to sink

        return StreamingResponse(lines(), media_type="text/plain")

    @router.get("/locks/{lock}")
    async def pass_through(lock: str) -> dict[str, str]:
        await locks[lock].enter()
        return {"lock": lock, "call": request_id()}

    @router.get("/radio/{channel}")
    async def listen(channel: str) -> StreamingResponse:
        async def lines() -> AsyncIterator[str]:
            word = "listening"
            while word != "over":
                if word == "static":
                    raise ConnectionError("the radio is gone")
                yield f"{word} {request_id()}\n"
                word = await radio[channel].get()

        return StreamingResponse(lines(), media_type="text/plain")

    @router.post("/radio/{channel}", status_code=204)
    async def speak(channel: str, word: str) -> None:
        radio[channel].put_nowait(word)

    @router.websocket("/watch/{place}")
    async def watch(socket: WebSocket, place: str) -> None:
        if place.startswith("private-"):
            await socket.close()
            return
        await socket.accept(headers=[(b"x-place", b"canal")])
        async for word in socket.iter_text():
            if word == "sink":
                raise ConnectionError("the camera is gone")
            await socket.send_json({"word": word, "call": request_id()})

    @router.get("/journal")
    async def show_journal() -> Any:
        return journal

    return router
