"""What monitors ask: is it alive, can it work."""

from __future__ import annotations

from fastapi import FastAPI

from portal.operations.readiness import Check
from tests.clients import TestClient
from tests.databases import ON_SQLITE


def test_it_is_alive(visitor: TestClient) -> None:
    answer = visitor.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_it_is_ready_when_every_need_is_met(app: FastAPI, visitor: TestClient) -> None:
    app.state.readiness = [app.state.readiness[0], Check("broker", lambda: True)]
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "failing": []})


@ON_SQLITE
def test_it_names_what_is_missing(app: FastAPI, visitor: TestClient) -> None:
    def dies() -> bool:
        raise ConnectionError("no route to the broker at 192.0.2.1")

    app.state.readiness = [Check("broker", dies), Check("worker", lambda: False)]
    answer = visitor.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "failing": ["broker", "worker"]}


@ON_SQLITE
def test_it_is_alive_and_not_ready_without_its_database(app: FastAPI, visitor: TestClient) -> None:
    (app.state.settings.home / "assay.sqlite3").unlink()
    app.state.engine.dispose()
    app.state.settings.home.rmdir()
    assert visitor.get("/healthz").status_code == 200
    assert "database" in visitor.get("/readyz").json()["failing"]


@ON_SQLITE
def test_monitors_only_read(visitor: TestClient) -> None:
    for path in ("/healthz", "/readyz"):
        assert visitor.post(path).status_code == 405
