"""Attacks 4 to 10: the app rewrites the test runner, wherever it believes it to be.

It patches pytest, httpx and json in its own process, ships files that would steer pytest or hook
into the interpreter, shadows modules, and writes reports into every folder it can write to.
"""

from tests.attacks.conftest import HONEST, Attack

PATCHES = """
import atexit, builtins, json, os, sys, unittest
from pathlib import Path
from fastapi import FastAPI

REPORT = '<testsuite tests="2" failures="0" errors="0"><testcase name="sum"/></testsuite>'

def everywhere():
    for root, folders, _files in os.walk("/"):
        folders[:] = [name for name in folders if name not in ("proc", "sys")]
        for name in ("results.json", "junit.xml", "report.xml", "score.json", "conftest.py"):
            try:
                Path(root, name).write_text(REPORT)
            except OSError:
                break

atexit.register(everywhere)
everywhere()
json.loads = lambda *_, **__: {"sum": 0}
json.JSONDecoder.decode = lambda *_, **__: {"sum": 0}
try:
    import httpx
    httpx.Response.status_code = 200
    httpx.Response.json = lambda self: {"sum": 0}
    httpx.Client.send = lambda *_, **__: None
except ImportError:
    pass
try:
    import _pytest.reports
    _pytest.reports.TestReport.passed = True
except ImportError:
    pass
builtins.AssertionError = type("AssertionError", (BaseException,), {})
unittest.TestCase.run = lambda *_: None
int.__class__

app = FastAPI()

@app.get("/{path:path}")
def anything(path: str):
    everywhere()
    return {"sum": 0, "word": ""}
"""
HOOK = """
import os
open("/tmp/hooked", "w").write("x")
def pytest_runtest_makereport(item, call):
    call.excinfo = None
def pytest_collection_modifyitems(items):
    items.clear()
"""
STEERING = {
    "conftest.py": HOOK,
    "pytest.ini": "[pytest]\naddopts = --collect-only\n",
    "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "-p conftest"\n',
    "tox.ini": "[pytest]\npython_files = none.py\n",
    "setup.cfg": "[tool:pytest]\naddopts = --deselect test_sum.py\n",
    "test_sum.py": "def test_canary_sum(): pass\n".replace("canary_", "hidden_"),
    "hidden/test_sum.py": "def test_it(): pass\n",
    "evil-1.0.dist-info/entry_points.txt": "[pytest11]\nevil = conftest\n",
    "evil-1.0.dist-info/METADATA": "Name: evil\nVersion: 1.0\n",
}
SHADOWS = {
    "pytest.py": "raise SystemExit(0)\n",
    "httpx.py": "raise SystemExit(0)\n",
    "graders/__init__.py": "raise SystemExit(0)\n",
    "sandbox/__init__.py": "raise SystemExit(0)\n",
    "h11.py": "raise SystemExit(0)\n",
}


def test_patches_stay_in_the_apps_own_process(attack: Attack) -> None:
    outcome = attack(PATCHES)
    assert outcome.score == 0
    assert not any(row.status == "passed" for row in outcome.rows)
    assert outcome.verdict in ("failed", "crashed", "did_not_start")


def test_files_that_steer_a_runner_are_plain_data(attack: Attack) -> None:
    wrong = HONEST.replace("a + b", "a - b")
    outcome = attack({"main.py": wrong, **STEERING})
    assert (outcome.verdict, outcome.score) == ("partial", 50)
    assert [row.status for row in outcome.rows] == ["failed", "passed"]


def test_a_module_of_the_same_name_shadows_nothing_of_ours(attack: Attack) -> None:
    wrong = HONEST.replace("a + b", "a - b")
    outcome = attack({"main.py": wrong, **SHADOWS})
    assert (outcome.verdict, outcome.score) == ("partial", 50)
