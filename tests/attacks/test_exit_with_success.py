"""Attacks 1 and 2: the app ends its process with status 0 and hopes that 0 means "passed".

Graders that run the suite and the submission in one process read the exit code of that process.
"""

import pytest

from tests.attacks.conftest import HONEST, Attack, Outcome

STARTS = {
    "os._exit at import": "import os\nos._exit(0)\n",
    "sys.exit at import": "import sys\nsys.exit(0)\n",
    "another program at import": "import os\nos.execv('/bin/true', ['true'])\n",
    "a signal to itself at import": "import os\nos.kill(os.getpid(), 15)\n",
    "a real-time signal to itself": "import os\nos.kill(os.getpid(), 40)\n",
    "os._exit in the lifespan": (
        "import os\nfrom contextlib import asynccontextmanager\nfrom fastapi import FastAPI\n"
        "@asynccontextmanager\nasync def lifespan(app):\n    os._exit(0)\n    yield\n"
        "app = FastAPI(lifespan=lifespan)\n"
    ),
}
HANDLERS = {
    "exits with 0": ("os._exit(0)", "it exited with code 0"),
    "kills itself": ("os.kill(os.getpid(), 9)", "SIGKILL"),
    "takes a real-time signal": ("os.kill(os.getpid(), 40)", "signal"),
    "becomes another program": ("os.execv('/bin/true', ['true'])", "it exited with code 0"),
}
CATCH_ALL = """
import os
from fastapi import FastAPI

app = FastAPI()

@app.get("/{{path:path}}")
def anything(path: str):
    {deed}
"""


def gained_nothing(outcome: Outcome) -> bool:
    return outcome.score == 0 and not any(row.status == "passed" for row in outcome.rows)


@pytest.mark.parametrize("code", STARTS.values(), ids=STARTS)
def test_an_app_that_ends_while_it_starts_did_not_start(attack: Attack, code: str) -> None:
    outcome = attack(code)
    assert outcome.verdict == "did_not_start"
    assert gained_nothing(outcome)
    assert outcome.result.message
    assert outcome.seconds < 10


@pytest.mark.parametrize(("deed", "told"), HANDLERS.values(), ids=HANDLERS)
def test_an_app_that_ends_in_a_request_crashed(attack: Attack, deed: str, told: str) -> None:
    outcome = attack(CATCH_ALL.format(deed=deed))
    assert outcome.verdict == "crashed"
    assert gained_nothing(outcome)
    assert all(told in (row.message or "") for row in outcome.rows)


def test_what_was_earned_before_the_exit_stays_earned(attack: Attack) -> None:
    leaves = HONEST.replace('return {"word": word}', "__import__('os')._exit(0)")
    outcome = attack(leaves)
    assert (outcome.verdict, outcome.score) == ("partial", 50)
    assert [row.status for row in outcome.rows] == ["passed", "crashed"]
