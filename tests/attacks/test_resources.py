"""Attacks 69 to 91: the app takes all it can get of the machine, or simply never ends.

Each limit has its own verdict, and the message names the limit and its value.
"""

from collections.abc import Callable

import pytest

from tests.attacks.conftest import Attack, Outcome

HEAD = "import os, signal, sys, threading, time\nfrom fastapi import FastAPI\napp = FastAPI()\n"
ROUTE = "@app.get('/{path:path}')\ndef anything(path: str):\n"
InTime = Callable[[Outcome], bool]


def in_a_request(*lines: str) -> str:
    return HEAD + ROUTE + "".join(f"    {line}\n" for line in lines)


def statuses(outcome: Outcome) -> set[str]:
    return {row.status for row in outcome.rows}


def test_a_memory_balloon_is_out_of_memory(attack: Attack, in_time: InTime) -> None:
    outcome = attack(in_a_request("kept = []", "while True: kept.append(bytearray(8 << 20))"))
    assert (outcome.verdict, outcome.score) == ("out_of_memory", 0)
    assert statuses(outcome) == {"out_of_memory"}
    assert all("memory limit of 128 MB" in (message or "") for message in outcome.messages)
    assert in_time(outcome)


def test_a_memory_balloon_at_import_is_out_of_memory(attack: Attack) -> None:
    outcome = attack(HEAD + "kept = []\nwhile True: kept.append(bytearray(8 << 20))\n")
    assert (outcome.verdict, outcome.score) == ("out_of_memory", 0)
    assert "128 MB" in (outcome.result.message or "")


def test_a_full_scratch_folder_is_not_the_machines_disk(attack: Attack) -> None:
    outcome = attack(
        in_a_request(
            "for number in range(9999):",
            "    try:",
            "        open(f'/tmp/{number}', 'wb').write(bytes(4 << 20))",
            "    except OSError as error:",
            "        return str(error), number",
        )
    )
    assert (outcome.verdict, outcome.score) == ("failed", 0)


def test_a_fork_bomb_reaches_its_limit(attack: Attack, in_time: InTime) -> None:
    outcome = attack(
        in_a_request(
            "while True:", "    try:", "        os.fork()", "    except OSError:", "        pass"
        )
    )
    assert outcome.score == 0
    assert outcome.verdict in ("timed_out", "crashed")
    assert any("limit of 64 processes" in (message or "") for message in outcome.messages)
    assert in_time(outcome)


def test_a_thread_bomb_reaches_its_limit(attack: Attack, in_time: InTime) -> None:
    outcome = attack(
        in_a_request(
            "while True: threading.Thread(target=time.sleep, args=(600,), daemon=True).start()"
        )
    )
    assert outcome.score == 0
    assert any("limit of 64 processes" in (message or "") for message in outcome.messages)
    assert in_time(outcome)


@pytest.mark.parametrize("descriptor", [1, 2])
def test_output_without_end_is_too_much(attack: Attack, in_time: InTime, descriptor: int) -> None:
    outcome = attack(in_a_request(f"while True: os.write({descriptor}, b'x' * 65536)"))
    assert (outcome.verdict, outcome.score) == ("too_much_output", 0)
    assert outcome.messages == {"The app printed more than the limit of 1024 kB."}
    assert len(outcome.result.output) <= 8000
    assert in_time(outcome)


def test_output_without_end_at_import_is_too_much(attack: Attack) -> None:
    outcome = attack(HEAD + "while True: print('no end')\n")
    assert (outcome.verdict, outcome.score) == ("too_much_output", 0)
    assert "1024 kB" in (outcome.result.message or "")


@pytest.mark.parametrize(
    "deed",
    [
        "while True: pass",
        "__import__('re').match(r'(a|a)*b', 'a' * 60)",
        "time.sleep(600)",
        "os.kill(os.getpid(), signal.SIGSTOP)",
    ],
    ids=["a loop", "a regex", "sleep", "stopping itself"],
)
def test_a_check_that_never_ends_is_timed_out(attack: Attack, in_time: InTime, deed: str) -> None:
    outcome = attack(in_a_request(deed))
    assert (outcome.verdict, outcome.score) == ("timed_out", 0)
    assert statuses(outcome) == {"timed_out"}
    assert all("1 s" in (message or "") for message in outcome.messages)
    assert in_time(outcome)


def test_a_daemon_that_ignores_every_signal_changes_nothing(
    attack: Attack, in_time: InTime
) -> None:
    outcome = attack(
        in_a_request(
            "if os.fork() == 0:",
            "    os.setsid()",
            "    for number in range(1, 65):",
            "        try: signal.signal(number, signal.SIG_IGN)",
            "        except (OSError, ValueError): pass",
            "    if os.fork(): os._exit(0)",
            "    while True: time.sleep(1)",
            "return path",
        ).replace("def anything", "async def anything")
    )
    assert (outcome.verdict, outcome.score) == ("failed", 0)
    assert in_time(outcome)


START = {
    "an import that never ends": "import time\ntime.sleep(600)\n",
    "an import that is busy": "while True: pass\n",
    "a lifespan that never ends": (
        "import asyncio\nfrom contextlib import asynccontextmanager\nfrom fastapi import FastAPI\n"
        "@asynccontextmanager\nasync def lifespan(app):\n    await asyncio.sleep(600)\n    yield\n"
        "app = FastAPI(lifespan=lifespan)\n"
    ),
}


@pytest.mark.parametrize("code", START.values(), ids=START)
def test_a_start_that_never_ends_did_not_start(attack: Attack, code: str) -> None:
    outcome = attack(code)
    assert (outcome.verdict, outcome.score) == ("did_not_start", 0)
    assert "3 s" in (outcome.result.message or "")
    assert outcome.seconds < 3 + 10


def test_a_shutdown_that_never_ends_keeps_nobody_waiting(attack: Attack, in_time: InTime) -> None:
    outcome = attack(
        "import asyncio\nfrom contextlib import asynccontextmanager\nfrom fastapi import FastAPI\n"
        "@asynccontextmanager\nasync def lifespan(app):\n    yield\n    await asyncio.sleep(600)\n"
        "app = FastAPI(lifespan=lifespan)\n"
    )
    assert (outcome.verdict, outcome.score) == ("failed", 0)
    assert in_time(outcome)
