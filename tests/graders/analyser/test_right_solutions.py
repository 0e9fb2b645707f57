"""What is said about the right solutions of our own challenges: each of these was judged by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.analyser import families, linter, reading
from graders.analyser.remark import Weight
from graders.analyser.selection import MOST_REMARKS, chosen
from graders.package import Package, load_all
from portal.settings import CHECKOUT

PACKAGES = list(load_all(CHECKOUT / "challenges").values())
SOLUTIONS = [(package, folder) for package in PACKAGES for folder in package.right]
# What is criticised in code that gets full marks, and rightly so. Informative remarks are about
# style, where right solutions differ on purpose.
DESERVED = {
    "never-leak-a-field/typed_dicts": {"number-from-length"},
    "photo-drop/declared_forms": {"blocking-file"},
}


def remarks_on(package: Package, folder: Path) -> list[tuple[str, Weight]]:
    """Names and weights of what is said about one solution."""
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.py")
    }
    sources, unread = reading.parsed(files)
    assert unread == []
    found = list(linter.look(sources))
    for source in sources:
        for family in families.FAMILIES:
            found.extend(family.look(source))
    given = {line.strip() for text in package.starter.values() for line in text.splitlines()}
    own = [each for each in found if not reading.is_given(each, files, given)]
    return [(each.name, each.weight) for each in chosen(own, families.ADVICES)]


@pytest.mark.parametrize(
    ("package", "folder"), SOLUTIONS, ids=[f"{p.slug}/{f.name}" for p, f in SOLUTIONS]
)
def test_no_false_alarm(package: Package, folder: Path) -> None:
    made = remarks_on(package, folder)
    urged = {n for n, weight in made if weight in (Weight.ESSENTIAL, Weight.ACTIONABLE)}
    assert urged == DESERVED.get(f"{package.slug}/{folder.name}", set())
    assert len(made) <= MOST_REMARKS
    assert sum(weight is Weight.INFORMATIVE for _, weight in made) <= 2
    assert sum(weight is Weight.CELEBRATORY for _, weight in made) <= 2


@pytest.mark.parametrize(
    ("solution", "praise"),
    [
        ("lending-library/core_statements", "one-statement"),
        ("lending-library/session_per_request", "rule-in-database"),
        ("lending-library/async_engine", "related-rows-together"),
        ("photo-drop/parts_to_disk", "streamed-upload"),
        ("injected/annotated_functions", "named-dependency"),
        ("honest-errors/handler_table", "locked-step"),
        ("request-journal/asgi_middleware", "request-context"),
        ("ticket-desk/models_in_memory", "only-what-was-sent"),
        ("catch-the-bugs/promise_by_promise", "tidy-tests"),
    ],
)
def test_what_was_earned_is_praised(solution: str, praise: str) -> None:
    slug, _, name = solution.partition("/")
    package = next(each for each in PACKAGES if each.slug == slug)
    folder = next(each for each in package.right if each.name == name)
    assert praise in {made for made, _ in remarks_on(package, folder)}
