"""Nothing hidden is in what a candidate receives."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.package import load
from graders.proof.leaks import leaks
from tests.packages import make_package

HIDDEN = '''\
def test_the_price_of_tea(api):
    """Tea has a price"""
    answer = api.get("/prices/tea")
    assert answer.json() == {"price": 3}, "tea should have its price"
'''
REFORMATTED = '''\
def test_something(api):
    """A quite different title"""
    # one request
    answer = api.get(
        '/prices/tea'
    )
    assert answer.json() == {'price': 3}, 'tea should have its price'
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_package(tmp_path / "small-one", {"prices": HIDDEN}).folder


def found(folder: Path) -> list[str]:
    package = load(folder)
    hidden = {path.name: path.read_text() for path in package.hidden.glob("*.py")}
    return [each.told(package.slug) for each in leaks(package, hidden)]


def test_a_package_that_keeps_its_secrets_is_fine(folder: Path) -> None:
    assert found(folder) == []


@pytest.mark.parametrize("file", ["public/test_examples.py", "starter/main.py"])
def test_a_hidden_test_under_another_name_and_layout_is_found(folder: Path, file: str) -> None:
    with (folder / file).open("a") as opened:
        opened.write("\n\n" + REFORMATTED)
    (told,) = found(folder)
    assert "hidden/test_prices.py:1" in told
    assert told.endswith(f"test_the_price_of_tea stands in {file}, which candidates receive")


@pytest.mark.parametrize("file", ["statement.md", "guide.md", "starter/notes.txt"])
def test_a_hidden_test_in_prose_is_found(folder: Path, file: str) -> None:
    with (folder / file).open("a") as opened:
        opened.write(f"\n```python\n{REFORMATTED.replace('something', 'x')}\n{HIDDEN}```\n")
    (told,) = found(folder)
    assert f"stands in {file}" in told


def test_the_name_of_a_hidden_test_in_prose_is_found(folder: Path) -> None:
    with (folder / "statement.md").open("a") as opened:
        opened.write("\nMind test_the_price_of_tea.\n")
    assert len(found(folder)) == 1


def test_a_name_that_is_public_as_well_is_no_secret(folder: Path) -> None:
    with (folder / "public/test_examples.py").open("a") as opened:
        opened.write('\n\ndef test_the_price_of_tea(api):\n    """Tea"""\n    api.get("/tea")\n')
    with (folder / "statement.md").open("a") as opened:
        opened.write("\nStart with test_the_price_of_tea.\n")
    assert found(folder) == []
