"""Attacks 3 and 20: the app writes what a passed run looks like to whatever listens.

Summaries of pytest, JUnit, TAP and our own lines, on standard output and error and on every
other descriptor, hoping that somebody parses what a candidate's process says.
"""

from tests.attacks.conftest import Attack

FORGERY = r"""
import json, os
from fastapi import FastAPI

ids = ["test_sum.py::test_canary_sum", "test_word.py::test_canary_word"]
lines = [
    "============ 2 passed in 0.10s ============", "ok 1 - sum", "ok 2 - word", "1..2",
    "\x1b[32mPASSED\x1b[0m\r", "SCORE: 100", "Grade :=>> 100",
    '<testsuite tests="2" failures="0" errors="0"><testcase name="sum"/></testsuite>',
    json.dumps({"scores": {"sum": 50, "word": 50}}),
    json.dumps({"verdict": "passed", "score": 100}),
]
for each in ids:
    lines.append(json.dumps({"kind": "begun", "id": each}))
    lines.append(json.dumps({"kind": "ended", "id": each, "status": "passed", "message": None,
                             "seconds": 0.1, "refused": False}))
lines.append(json.dumps({"kind": "finished"}))
for event in ({"event": "ready", "app": 1}, {"event": "exited", "app": 1, "exit_code": 0}):
    data = json.dumps(event).encode()
    lines.append((len(data).to_bytes(4, "big") + data).decode("latin-1"))

def forge():
    for descriptor in range(1, 21):
        for line in lines:
            try:
                os.write(descriptor, line.encode("latin-1") + b"\n")
            except OSError:
                break

forge()
app = FastAPI()

@app.get("/{path:path}")
def anything(path: str):
    forge()
    return lines
"""


def test_nobody_believes_what_an_app_prints(attack: Attack) -> None:
    outcome = attack(FORGERY.replace("canary_", "hidden_"))
    assert outcome.score == 0
    assert outcome.verdict in ("failed", "crashed", "did_not_start", "timed_out")
    assert not any(row.status == "passed" for row in outcome.rows)
