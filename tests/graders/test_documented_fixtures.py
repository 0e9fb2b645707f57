"""Every example of docs/suites.md does what it says, and notices an app that does nothing."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from graders.grade import Grader
from graders.package import Package
from graders.verdict import Verdict
from tests.packages import make_package

PAGE = Path(__file__).parents[2] / "docs" / "suites.md"
BLOCK = re.compile(r"^```(?:python )?(app|test|driver|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOTHING = "from fastapi import FastAPI\n\napp = FastAPI()\n"


@dataclass
class Example:
    """What one section of the page shows."""

    title: str
    blocks: dict[str, str] = field(default_factory=dict)

    def package(self, folder: Path) -> Package:
        driver = {"driver.py": self.blocks["driver"]} if "driver" in self.blocks else None
        made = make_package(folder, {"part": self.blocks["test"]}, driver=driver)
        keys = tomllib.loads(self.blocks.get("toml", ""))
        peers = tuple(keys.get("peers", ()))
        return replace(made, description=made.description.model_copy(update={"peers": peers}))


def examples() -> list[Example]:
    found = []
    for section in PAGE.read_text().split("\n## ")[1:]:
        blocks = dict(BLOCK.findall(section))
        if "test" in blocks:
            title = section.partition(":")[0].removeprefix("A ").strip("`")
            found.append(Example(title, blocks))
    return found


def test_every_fixture_with_a_wire_has_an_example() -> None:
    titles = {example.title for example in examples()}
    assert {"api", "at_once", "websocket", "peer", "app", "driver"} <= titles


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.title)
def test_an_example_works_in_a_box(docker_grader: Grader, tmp_path: Path, example: Example) -> None:
    package = example.package(tmp_path / "example")
    result = docker_grader.grade(package, {"main.py": example.blocks["app"]}, seed=3)
    assert result.verdict is Verdict.PASSED, (result.requirements, result.output)


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.title)
def test_an_example_fails_without_the_app(
    process_grader: Grader, tmp_path: Path, example: Example
) -> None:
    package = example.package(tmp_path / "example")
    result = process_grader.grade(package, {"main.py": NOTHING}, seed=3)
    assert result.score == 0
