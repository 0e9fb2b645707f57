"""The examiner is alone: it knows nothing of ours, reaches nothing, and ends when it has to."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graders.errors import SuiteNotCollected
from graders.examiner import Examiner
from graders.grade import Grader
from graders.package import Package, load
from graders.verdict import Result
from sandbox.backends.process import ProcessSandbox
from sandbox.limits import Limits
from tests.packages import make_package

APP = "from fastapi import FastAPI\n\napp = FastAPI()\n"
SECRET = "canary-of-the-worker"  # noqa: S105 - for the canary's sake
PROBE = """
import os, socket, subprocess, pytest

def refused(deed):
    try:
        deed()
    except OSError as error:
        return error.errno in (1, 13)
    return False

def test_environment(api):
    names = set(os.environ) - {"PYTEST_CURRENT_TEST", "PYTEST_VERSION", "LC_CTYPE"}
    assert names == {"PATH", "LANG", "TZ"}, str(sorted(names))

def test_files(api):
    for path in ("/etc/passwd", "/etc/hostname", "/proc/self/environ", __SECRET_FILE__):
        assert refused(lambda: open(path, "rb").read()), path
    for path in ("/tmp/x", __file__, __SECRET_FILE__):
        assert refused(lambda: open(path, "ab")), path

def test_network(api):
    assert refused(lambda: socket.socket()), "TCP"
    assert refused(lambda: socket.socket(socket.AF_UNIX)), "local"

def test_programs(api):
    assert refused(lambda: subprocess.run(["/bin/true"])), "a program"

def test_descriptors(api):
    held = [n for n in range(3, 256) if held_by_us(n)]
    assert len(held) <= 12, str(held)

def held_by_us(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
"""
LIMITS = Limits(start_seconds=20, test_seconds=20)
MakePackage = Callable[..., Package]


@pytest.fixture
def made(tmp_path: Path) -> MakePackage:
    def make(source: str, **limits: float) -> Package:
        return make_package(tmp_path / "small", {"part": source}, **limits)  # type: ignore[arg-type]

    return make


def graded(grader: Grader, package: Package, code: str = APP) -> Result:
    return grader.grade(package, {"main.py": code}, seed=1)


def told(result: Result) -> str:
    return repr([(check.status, check.message) for r in result.requirements for check in r.checks])


def test_a_suite_sees_nothing_of_ours(
    process_grader: Grader, made: MakePackage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", SECRET)
    database = tmp_path / "assay.sqlite"
    database.write_text(SECRET)
    result = graded(process_grader, made(PROBE.replace("__SECRET_FILE__", repr(str(database)))))
    assert result.verdict.value == "passed", told(result)


@pytest.mark.parametrize(
    "source",
    [
        "def test_it(api:\n    pass\n",
        "import nothing_of_that_name\ndef test_it(api):\n    pass\n",
        "raise RuntimeError('oh')\ndef test_it(api):\n    pass\n",
        "x = 1\n",
        "import pytest\npytest.importorskip('nothing_of_that_name')\ndef test_it(api):\n    pass\n",
    ],
    ids=["a syntax error", "an import", "an exception", "no test at all", "a skipped module"],
)
def test_a_suite_that_cannot_be_collected_is_a_broken_challenge(
    process_grader: Grader, made: MakePackage, source: str
) -> None:
    result = graded(process_grader, made(source))
    assert (result.verdict.value, result.score) == ("broken_challenge", 0)
    assert result.fairness["reason"]
    assert result.message == "This challenge is being repaired. Nothing was counted."


@pytest.mark.parametrize(
    "source",
    [
        "import pytest\ndef test_it(api):\n    pytest.skip('not today')\n",
        "import pytest\n@pytest.mark.skip\ndef test_it(api):\n    pass\n",
        "import pytest\n@pytest.mark.skipif(True, reason='x')\ndef test_it(api):\n    pass\n",
    ],
    ids=["in its body", "by a mark", "by a condition"],
)
def test_a_hidden_test_that_skips_is_a_broken_challenge(
    process_grader: Grader, made: MakePackage, source: str
) -> None:
    result = graded(process_grader, made(source))
    assert (result.verdict.value, result.score) == ("broken_challenge", 0)


def test_an_expected_failure_is_a_failure(process_grader: Grader, made: MakePackage) -> None:
    source = "import pytest\n@pytest.mark.xfail\ndef test_it(api):\n    assert False, 'no'\n"
    result = graded(process_grader, made(source))
    assert (result.verdict.value, result.score) == ("failed", 0)


def test_nothing_of_a_test_but_its_message_leaves(
    process_grader: Grader, made: MakePackage
) -> None:
    source = (
        "def test_canary_name(api):\n    canary_value = 41\n"
        "    assert api.get('/').status_code == canary_value\n"
        "def test_canary_other(api):\n    raise KeyError('canary')\n"
        "def test_canary_json(api):\n    assert api.get('/').json()['canary']\n"
    )
    result = graded(process_grader, made(source))
    assert result.verdict.value == "failed"
    assert "canary" not in repr(result)
    assert [check.title for check in result.requirements[0].checks] == ["Another check"] * 3


def test_a_message_is_cut_and_cleaned(process_grader: Grader, made: MakePackage) -> None:
    source = "def test_it(api):\n    assert False, '\\x1b[32m\\ud800' + 'x' * 9000\n"
    [row] = graded(process_grader, made(source)).requirements
    assert row.message
    assert len(row.message) <= 500
    assert row.message.isprintable()


def test_a_check_that_loops_by_itself_is_ended(process_grader: Grader, made: MakePackage) -> None:
    source = "def test_it(api):\n    while True: pass\n"
    begun = time.monotonic()
    result = graded(process_grader, made(source, test_seconds=0.5))
    assert result.verdict.value == "timed_out"
    assert time.monotonic() - begun < 20


def test_time_that_runs_out_late_is_still_the_candidates(
    process_grader: Grader, made: MakePackage
) -> None:
    """An answer that is slow to parse must not end the examiner between two steps of its own."""
    source = (
        "import time\ndef test_it(api):\n    api.get('/')\n    time.sleep(1.2)\n    api.get('/')\n"
    )
    result = graded(process_grader, made(source, test_seconds=0.5))
    assert result.verdict.value == "timed_out", result.fairness.get("reason")


def test_an_examiner_that_does_not_end_is_killed(
    examiner: Examiner, process_sandbox: ProcessSandbox, made: MakePackage
) -> None:
    source = (
        "import signal, time\ndef test_it(api):\n    signal.setitimer(signal.ITIMER_REAL, 0)\n"
        "    while True:\n        try: time.sleep(60)\n        except BaseException: pass\n"
    )
    package = made(source)
    limits = Limits(start_seconds=20, suite_seconds=2)
    with process_sandbox.open("fastapi", limits) as box:
        box.channel.send_files({"main.py": APP})
        box.channel.start("main:app", limits, number=1)
        begun = time.monotonic()
        exam = examiner.prepare(
            package.hidden,
            package.digest,
            entry="main:app",
            limits=limits,
            control=box.channel.control,
            running=1,
        )
        with exam:
            lines = list(exam.run())
        assert 2 <= time.monotonic() - begun < 10
    assert [line.kind for line in lines] == ["collected", "begun"]


def test_a_test_that_ends_its_process_earns_nothing(
    process_grader: Grader, made: MakePackage
) -> None:
    result = graded(process_grader, made("import os\ndef test_it(api):\n    os._exit(0)\n"))
    assert result.score == 0
    assert result.verdict.value != "passed"


def test_the_same_seed_gives_the_same_inputs_and_another_one_others(
    process_grader: Grader, made: MakePackage
) -> None:
    source = "def test_it(api, rng):\n    assert False, str(rng.randint(0, 10**9))\n"
    package = made(source)
    drawn = [
        process_grader.grade(package, {"main.py": APP}, seed=seed).requirements[0].message
        for seed in (5, 5, 6)
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_suite_that_changes_is_collected_anew(made: MakePackage, examiner: Examiner) -> None:
    package = made("def test_one(api):\n    pass\n")
    [file] = package.hidden.glob("*.py")
    assert len(examiner.collect(package.hidden, "first")) == 1
    file.write_text("def test_one(api):\n    pass\ndef test_two(api):\n    pass\n")
    assert len(examiner.collect(package.hidden, "second")) == 2


def test_hidden_tests_may_share_a_module_which_may_change_too(
    process_grader: Grader, made: MakePackage
) -> None:
    package = made("import support\ndef test_it(api):\n    assert support.ANSWER == 1, 'said'\n")
    shared = package.hidden / "support.py"
    shared.write_text("ANSWER = 1\n")
    assert graded(process_grader, load(package.folder)).score == 100
    shared.write_text("ANSWER = 2\n")
    assert "said" in told(graded(process_grader, load(package.folder)))


def test_a_collection_that_never_ends_is_given_up(
    made: MakePackage, examiner: Examiner, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = made("while True: pass\n")
    [file] = package.hidden.glob("*.py")
    with monkeypatch.context() as patch, pytest.raises(SuiteNotCollected):
        patch.setattr("graders.examiner.COLLECT_SECONDS", 1.0)
        examiner.collect(package.hidden, "endless")
    file.write_text("def test_one(api):\n    pass\n")
    assert len(examiner.collect(package.hidden, "mended")) == 1


def test_an_examiner_whose_server_died_starts_another(made: MakePackage) -> None:
    package = made("def test_it(api):\n    pass\n")
    own = Examiner()
    try:
        assert len(own.collect(package.hidden, package.digest)) == 1
        assert own._server
        own._server.kill()
        own._server.wait()
        assert len(own.collect(package.hidden, package.digest)) == 1
    finally:
        own.close()


def test_a_suite_that_is_not_there_is_said(examiner: Examiner, tmp_path: Path) -> None:
    try:
        assert examiner.collect(tmp_path / "nowhere", "") == []
    except SuiteNotCollected as error:
        assert str(error)


def test_the_fairness_card_is_complete(process_grader: Grader, made: MakePackage) -> None:
    package = made("def test_it(api):\n    assert api.get('/docs').status_code == 200\n")
    result = process_grader.grade(package, {"main.py": APP}, seed=12345)
    card = dict(result.fairness)
    assert result.verdict.value == "passed"
    assert card.keys() == {
        *("challenge_version", "challenge_digest", "seed", "limits", "used"),
        *("sandbox", "image", "python", "fastapi"),
    }
    assert (card["challenge_version"], card["challenge_digest"]) == (1, package.digest)
    assert (card["seed"], card["sandbox"]) == (12345, "process")
    limits, used = card["limits"], card["used"]
    assert isinstance(limits, dict)
    assert isinstance(used, dict)
    assert {"start_seconds", "test_seconds", "suite_seconds", "memory_mb"} <= limits.keys()
    assert {"cpu_seconds", "processes", "output_kb"} <= limits.keys()
    assert (limits["test_seconds"], limits["memory_mb"]) == (5, 256)
    assert used["memory_peak_mb"] > 0
    assert list(result.timing) == ["box_ready", "app_ready", "examined", "total"]
    assert list(result.timing.values()) == sorted(result.timing.values())
    assert json.dumps(card)
