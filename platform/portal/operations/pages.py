"""The two addresses that monitors and load balancers watch."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from portal.operations.readiness import failing

router = APIRouter(include_in_schema=False)


@router.get("/healthz", name="operations:healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/readyz", name="operations:readyz")
def readyz(request: Request) -> JSONResponse:
    names = failing(request.app.state.readiness)
    if names:
        return JSONResponse({"status": "not ready", "failing": names}, status_code=503)
    return JSONResponse({"status": "ready", "failing": []})
