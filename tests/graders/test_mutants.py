"""Mutants: one small mistake each, always the same ones, none of them pointless."""

from __future__ import annotations

import ast

import pytest

from graders.mutants.equivalent import Equivalent
from graders.mutants.kinds import KINDS
from graders.mutants.mutation import Mutant, mutants_of, spread

APP = '''
"""A shop."""

import logging

from fastapi import FastAPI, HTTPException, Query, status

logger = logging.getLogger(__name__)
app = FastAPI(title="Shop", redirect_slashes=False)
PRICES = {"tea": 3, "jam": 5}


@app.get("/prices/{name}", status_code=200, summary="One price")
async def price(name: str, extra: int = Query(0, ge=1)) -> dict[str, int]:
    """The price of one thing."""
    logger.info("asked")
    if name not in PRICES or extra < 0:
        raise HTTPException(404, "unknown")
    await look_up(name)
    PRICES["asked"] = extra + 1
    return {"price": PRICES[name], "extra": extra}
'''
CHANGES = {
    "status code": ("raise HTTPException(404, 'unknown')", "raise HTTPException(400, 'unknown')"),
    "comparison": (
        "if name not in PRICES or extra < 0:",
        "if name not in PRICES or extra <= 0:",
    ),
    "condition": (
        "if name not in PRICES or extra < 0:",
        "if not (name not in PRICES or extra < 0):",
    ),
    "raise left out": ("raise HTTPException(404, 'unknown')", "pass"),
    "await left out": ("await look_up(name)", "look_up(name)"),
    "statement left out": ("PRICES['asked'] = extra + 1", "pass"),
    "constant": ("PRICES = {'tea': 3, 'jam': 5}", "PRICES = {'tea': 4, 'jam': 5}"),
    "true and false": (
        "app = FastAPI(title='Shop', redirect_slashes=False)",
        "app = FastAPI(title='Shop', redirect_slashes=True)",
    ),
    "and and or": (
        "if name not in PRICES or extra < 0:",
        "if name not in PRICES and extra < 0:",
    ),
    "plus and minus": ("PRICES['asked'] = extra + 1", "PRICES['asked'] = extra - 1"),
    "argument left out": (
        "app = FastAPI(title='Shop', redirect_slashes=False)",
        "app = FastAPI(title='Shop')",
    ),
    "swap": (
        "return {'price': PRICES[name], 'extra': extra}",
        "return {'price': extra, 'extra': PRICES[name]}",
    ),
}


def of(source: str) -> list[Mutant]:
    return mutants_of({"main.py": source})


def changes(source: str) -> set[tuple[str, str]]:
    return {(mutant.before, mutant.after) for mutant in of(source)}


def test_every_kind_has_an_example_here() -> None:
    assert CHANGES.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", CHANGES)
def test_each_kind_makes_its_mistake(kind: str) -> None:
    found = {(each.before, each.after) for each in of(APP) if each.kind == kind}
    assert CHANGES[kind] in found


def test_a_bound_is_moved_both_ways() -> None:
    source = "size = Field(le=10)\n"
    assert {
        ("size = Field(le=10)", "size = Field(le=11)"),
        ("size = Field(le=10)", "size = Field(le=9)"),
        ("size = Field(le=10)", "size = Field()"),
    } == changes(source)


def test_a_status_by_its_name_is_changed_too() -> None:
    source = "code = status.HTTP_409_CONFLICT\nother = HTTPStatus.CREATED\n"
    assert {
        ("code = status.HTTP_409_CONFLICT", "code = 400"),
        ("other = HTTPStatus.CREATED", "other = 200"),
    } == changes(source)


def test_a_number_that_only_looks_like_a_status_is_one_off() -> None:
    assert ("most = 200", "most = 201") in changes("most = 200\n")
    assert ("Field(max_length=200)", "Field(max_length=199)") in changes("Field(max_length=200)\n")


def test_documentation_imports_paths_and_logs_stay_as_they_are() -> None:
    changed = {mutant.before for mutant in of(APP)}
    assert not [line for line in changed if "import" in line or "logger" in line]
    after = "\n".join(mutant.after for mutant in of(APP))
    assert "Shopx" not in after
    assert "pricex" not in after.split("return")[0]
    assert "One pricex" not in after
    assert "{name}x" not in after
    assert "price of one thing.x" not in after


def test_what_only_a_script_runs_stays_as_it_is() -> None:
    assert of('if __name__ == "__main__":\n    run(port=8000)\n') == []


def test_each_mutant_compiles_and_differs_from_the_others_and_the_original() -> None:
    sources = [mutant.source for mutant in of(APP)]
    trees = {ast.dump(ast.parse(source)) for source in sources}
    assert len(trees) == len(sources) > 20
    assert ast.dump(ast.parse(APP)) not in trees


def test_what_would_not_compile_is_no_mutant() -> None:
    sources = [
        mutant.source for mutant in of("async def f():\n    return [await g(x) for x in y]\n")
    ]
    assert sources == ["async def f():\n    return [g(x) for x in y]\n"]
    assert of("nothing = f'{1:>{2}}'[0:0]\n")[0].kind == "constant"


def test_they_are_the_same_every_time() -> None:
    assert of(APP) == of(APP)


def test_a_mutant_says_where_it_is() -> None:
    mutant = next(each for each in of(APP) if each.kind == "raise left out")
    assert (mutant.at, mutant.line) == ("main.py:price", 18)
    assert "-        raise HTTPException(404, 'unknown')\n+        pass" in mutant.diff


def test_every_file_of_a_solution_is_mutated() -> None:
    files = {"main.py": "a = 1\n", "shop/rows.py": "b = 2\n", "notes.txt": "c = 3\n"}
    assert [each.at for each in mutants_of(files)] == ["main.py:", "shop/rows.py:"]


def test_too_many_are_spread_over_the_kinds() -> None:
    many = of(
        "\n".join(f"x{number} = {number}" for number in range(50)) + "\ny = True\nz = a + b\n"
    )
    chosen = spread(many, 6)
    assert len(chosen) == 6
    assert {each.kind for each in chosen} == {"constant", "true and false", "plus and minus"}
    constants = [each.line for each in chosen if each.kind == "constant"]
    assert max(constants) - min(constants) > 25
    assert spread(many, 1000) == many


def test_a_declaration_means_one_place_and_one_change() -> None:
    mutant = next(each for each in of(APP) if each.kind == "raise left out")
    told = Equivalent(
        at="main.py:price", before=mutant.before, after="\npass\n", reason="nobody can ever tell"
    )
    assert [each for each in of(APP) if told.means(each)] == [mutant]
    elsewhere = told.model_copy(update={"at": "main.py:prices"})
    assert not elsewhere.means(mutant)
