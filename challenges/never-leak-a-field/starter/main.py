"""The guild's profiles: start here."""

from typing import Any

from fastapi import FastAPI

app = FastAPI(title="Guild profiles")

profiles: list[dict[str, Any]] = []


@app.post("/office/profiles", status_code=201)
def add(profile: dict[str, Any]) -> dict[str, Any]:
    profiles.append({"id": len(profiles) + 1, **profile})
    return profiles[-1]


@app.get("/office/profiles")
def office_list() -> list[dict[str, Any]]:
    return profiles
