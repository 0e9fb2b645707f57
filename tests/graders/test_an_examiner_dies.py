"""An answer that ends the examiner is paid for by the app: never a failure of ours.

The limits of the client are switched off where each suite runs, as if they had a hole.
"""

from pathlib import Path

import pytest

from graders.feedback import EXAMINER_ENDED
from graders.grade import Grader
from graders.verdict import Result
from tests.packages import make_package

WITHOUT_LIMITS = """
import os, resource, signal
from graders import client, http_limits

resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))
client.MAX_BODY_BYTES = 1 << 62
http_limits.wrong_with_head = lambda headers: None

def test_it(api):
    answer = api.get("/")
    {then}
"""
ENDLESS = """
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()

@app.get("/")
async def flood():
    async def more():
        while True:
            yield bytes(1 << 20)
    return StreamingResponse(more())
"""
BOMB = """
import zlib
from fastapi import FastAPI, Response

app = FastAPI()
packer = zlib.compressobj(9, wbits=-15)
megabyte = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)

@app.get("/")
async def bomb():
    return Response(megabyte * 1000, headers={"content-encoding": "deflate"})
"""
HONEST = """
from fastapi import FastAPI

app = FastAPI()

@app.get("/")
async def answer():
    return {}
"""
ENDINGS = ["os._exit(0)", "os.kill(os.getpid(), signal.SIGKILL)", "os.closerange(3, 200)"]


def graded(grader: Grader, folder: Path, code: str, then: str = "answer.content") -> Result:
    suite = WITHOUT_LIMITS.format(then=then)
    package = make_package(folder / "small", {"part": suite}, test_seconds=30)
    return grader.grade(package, {"main.py": code}, seed=1)


@pytest.mark.parametrize("code", [ENDLESS, BOMB], ids=["a body without end", "a bomb"])
def test_an_answer_that_takes_all_memory_is_a_protocol_error(
    process_grader: Grader, tmp_path: Path, code: str
) -> None:
    result = graded(process_grader, tmp_path, code)
    assert (result.verdict.value, result.score) == ("protocol_error", 0), result


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_examiner_that_is_gone_in_the_middle_was_ended_by_the_answer(
    process_grader: Grader, tmp_path: Path, ending: str
) -> None:
    result = graded(process_grader, tmp_path, HONEST, ending)
    assert (result.verdict.value, result.score) == ("protocol_error", 0)
    assert [row.message for row in result.requirements] == [EXAMINER_ENDED]
