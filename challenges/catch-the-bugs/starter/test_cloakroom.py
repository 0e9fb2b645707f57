"""What the cloakroom promises. One promise is written down; the rest is yours."""

from fastapi.testclient import TestClient

from main import app

client = TestClient(app)
DESK = {"X-Key": "front-desk"}


def test_a_coat_can_be_looked_at() -> None:
    coat = client.post("/coats", json={"owner": "Ada", "hook": 42}, headers=DESK).json()
    seen = client.get(f"/coats/{coat['id']}", headers=DESK)
    assert seen.status_code == 200
    assert seen.json() == coat
    client.delete(f"/coats/{coat['id']}", headers=DESK)
