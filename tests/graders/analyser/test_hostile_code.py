"""Whatever is handed in: it is never run, it costs little, and the answer is calm."""

from __future__ import annotations

import resource
import threading
from pathlib import Path

import pytest

from graders.analyser import analyse
from graders.analyser.analyse import KEPT, Analyser, AnalyserBusy
from graders.analyser.inspector import CPU_SECONDS

BLOCKING = "import time\n\n\nasync def f() -> None:\n    time.sleep(1)\n"
HOSTILE = {
    "brackets": "x = " + "[" * 90_000 + "]" * 90_000,
    "signs": "x = " + "-" * 199_000 + "1",
    "attributes": "x = a" + ".a" * 90_000,
    "calls": "x = a" + "()" * 90_000,
    "a sum": "x = " + "+".join(["1"] * 90_000),
    "blocks": "".join(" " * depth + "if x:\n" for depth in range(400)),
    "functions in functions": "".join(
        " " * depth + f"async def f{depth}(a=[]):\n" for depth in range(90)
    )
    + " " * 90
    + "pass\n",
    "many functions": "async def f(a=[]): time.sleep(1)\n" * 6_000,
    "one long line": "x = '" + "a" * 199_000 + "'",
    "many aliases": "".join(f"A{n} = Annotated[A{n - 1}, A{n - 1}]\n" for n in range(5_000)),
    "classes in a ring": "class A(B): ...\nclass B(A): ...\n",
    "a large number": "x = 9" + "9" * 100_000,
    "a bomb in a constant": "x = 'a' * 10 ** 10\ny = 2 ** 10 ** 10\n",
    "no Python": "<html>\x0c\u2028 это не Python {% raw %}",
    "NUL": "x = 1\0\n",
    "half a character": "x = '\ud800'",
    "a lone carriage return": "x = 1\ry = 2\rasync def f(a=[]): pass\r",
    "nothing": "",
    "settings for the linter": "# ruff: noqa\n# ruff: isort: skip_file\n",
    "an unclosed text": "x = '''" + "a\n" * 50_000,
    "formatted texts in formatted texts": 'x = f"' + "{a!r:" * 50_000,
    "decorators": "@a\n" * 60_000 + "def f(): ...\n",
    "comparisons": "x = " + " < ".join(["token"] * 30_000),
    "loops": "x = [0 " + "for a in b " * 18_000 + "]",
}


def children_seconds() -> float:
    """Processor time of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("case", HOSTILE)
def test_it_ends_calmly(case: str) -> None:
    used = children_seconds()
    found = Analyser().analyse({"main.py": HOSTILE[case]}, {})
    assert children_seconds() - used < 2 * CPU_SECONDS + 2  # inspector and linter, and a start
    assert set(found.unread) <= {"main.py"}
    assert len(found.remarks) <= 6


def test_it_is_not_run_or_imported(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = f"from pathlib import Path\nPath({str(mark)!r}).write_text('ran')\n" + BLOCKING
    files = {"main.py": code, "sitecustomize.py": code, "ruff.py": code, "json.py": code}
    found = Analyser().analyse(files, {})
    assert [each.name for each in found.remarks] == ["blocking-call"]
    assert not mark.exists()


def test_names_and_settings_that_were_handed_in_mean_nothing_to_the_linter() -> None:
    files = {
        "--config=ruff.toml.py": BLOCKING,
        "pyproject.toml": "[tool.ruff]\nlint.select = []\n",
        "ruff.toml": "exclude = ['*']",
        "a/b/c.py": BLOCKING,
    }
    [remark] = Analyser().analyse(files, {}).remarks
    assert {place.file for place in remark.places} == {"--config=ruff.toml.py", "a/b/c.py"}


def test_a_hundred_files_are_a_few_remarks() -> None:
    files = {f"file_{number}.py": BLOCKING for number in range(100)}
    [remark] = Analyser().analyse(files, {}).remarks
    assert len(remark.places) + remark.more_places == 100


def test_one_file_that_cannot_be_read_does_not_hide_the_others() -> None:
    found = Analyser().analyse({"main.py": BLOCKING, "deep.py": HOSTILE["signs"]}, {})
    assert [each.name for each in found.remarks] == ["blocking-call"]
    assert found.unread == ("deep.py",)


def test_a_deadline_ends_it_and_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    analyser = Analyser()
    with monkeypatch.context() as patch:
        patch.setattr(analyse, "SECONDS", 0.0)
        assert analyser.analyse({"main.py": BLOCKING}, {}).unread == ("main.py",)
    assert analyser.analyse({"main.py": BLOCKING}, {}).unread == ()


def test_an_inspector_that_says_nonsense_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("this", "graders.errors", "no_such_module"):
        monkeypatch.setattr(analyse, "INSPECTOR", module)
        assert Analyser().analyse({"main.py": BLOCKING}, {}).unread == ("main.py",)


def test_only_a_few_are_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    entered = threading.Semaphore(0)
    go_on = threading.Event()

    def slowly(_: bytes) -> analyse.Analysis:
        entered.release()
        go_on.wait(30)
        return analyse.Analysis((), ())

    monkeypatch.setattr(analyse, "inspected", slowly)
    analyser = Analyser()
    threads = [
        threading.Thread(target=analyser.analyse, args=({"main.py": str(number)}, {}))
        for number in range(analyse.AT_A_TIME)
    ]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert entered.acquire(timeout=30)
    with pytest.raises(AnalyserBusy):
        analyser.analyse({"main.py": "one more"}, {})
    go_on.set()
    for thread in threads:
        thread.join()
    assert analyser.analyse({"main.py": "one more"}, {}).remarks == ()


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    def inspected(order: bytes) -> analyse.Analysis:
        asked.append(order)
        return analyse.Analysis((), ())

    monkeypatch.setattr(analyse, "inspected", inspected)
    analyser = Analyser()
    for number in [*range(KEPT + 1), KEPT, 0]:
        analyser.analyse({"main.py": str(number)}, {})
    assert len(asked) == KEPT + 2  # the last one was still known, the first one no more
