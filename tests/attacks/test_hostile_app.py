"""Attacks 111 to 126: the app answers the examiner with bytes that break ordinary HTTP clients.

It is a plain ASGI callable that reaches below its server and writes to the connection itself.
"""

import pytest

from tests.attacks.conftest import Attack

RAW = """
import gc, gzip, os, time

def flood(first, again, pause=0):
    for each in gc.get_objects():
        if type(each).__name__ == "_SelectorSocketTransport":
            connection = each.get_extra_info("socket").fileno()
            os.set_blocking(connection, True)
            os.write(connection, first)
            while True:
                os.write(connection, again)
                time.sleep(pause)

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({{"type": "lifespan.startup.complete"}})
        await receive()
        return
    {deed}
"""
OK = r"HTTP/1.1 200 OK\r\n"
FLOODS = {
    "a body without end": rf'flood(b"{OK}\r\n", b"x" * 65536)',
    "interim answers without end": r'flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100)',
    "a gzip bomb": rf'flood(b"{OK}content-encoding: gzip\r\n\r\n", gzip.compress(bytes(1 << 20)))',
    "garbage": r'flood(b"\x00\x01 no HTTP\r\n\r\n", b"x")',
    "another protocol": r'flood(b"HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n", b"x", 1)',
}
JSONS = {
    "nesting": ('b"[" * 100_000', "nested too deeply"),
    "half a character": (r"""b'{"sum": "\\ud800"}'""", "half a character"),
}
DOCUMENT = """
from fastapi import FastAPI, Response

app = FastAPI()

@app.get("/{{path:path}}")
def anything(path: str):
    return Response({body}, media_type="application/json")
"""


@pytest.mark.parametrize("deed", FLOODS.values(), ids=FLOODS)
def test_what_is_no_answer_is_a_protocol_error(attack: Attack, deed: str) -> None:
    outcome = attack(RAW.format(deed=deed))
    assert (outcome.verdict, outcome.score) == ("protocol_error", 0)
    assert {row.status for row in outcome.rows} == {"protocol_error"}
    assert outcome.seconds < 15


def test_an_answer_that_drips_is_timed_out(attack: Attack) -> None:
    deed = rf'flood(b"{OK}content-length: 9999\r\n\r\n", b"x", 0.1)'
    outcome = attack(RAW.format(deed=deed))
    assert (outcome.verdict, outcome.score) == ("timed_out", 0)
    assert all("1 s" in (message or "") for message in outcome.messages)
    assert outcome.seconds < 15


@pytest.mark.parametrize(("body", "told"), JSONS.values(), ids=JSONS)
def test_hostile_json_fails_its_check_and_says_why(attack: Attack, body: str, told: str) -> None:
    outcome = attack(DOCUMENT.format(body=body))
    assert (outcome.verdict, outcome.score) == ("failed", 0)
    assert all(told in (message or "") for message in outcome.messages)
