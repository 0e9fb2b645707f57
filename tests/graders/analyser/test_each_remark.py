"""Every remark is made on the code that it is for, and not on the right way to write it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from graders.analyser import families, linter, reading
from graders.analyser.remark import Finding, Weight

HEAD = """
import ast, asyncio, hashlib, os, random, secrets, time
from contextlib import asynccontextmanager
from contextvars import ContextVar
from decimal import Decimal
from threading import Lock
from typing import Annotated, Any, Literal
import anyio, httpx, pytest, requests, sqlalchemy
from fastapi import Body, Depends, FastAPI, File, HTTPException, Query, Request, Response, UploadFile
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, conint
from sqlalchemy import Column, Connection, Text, create_engine, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, selectinload
app = FastAPI()
"""
CASE = re.compile(
    r"^## ([^\n]+)\n\n```python\n(.+?)```\n\n```python\n(.+?)```$", re.MULTILINE | re.DOTALL
)
PAIRS = {
    case: (bad, good)
    for table in sorted(Path(__file__).parent.glob("*.md"))
    for case, bad, good in CASE.findall(table.read_text(encoding="utf-8"))
}
"""A remark, perhaps with a comma and which side of it, and two texts: where it is made, or not."""


@cache
def findings() -> dict[str, list[Finding]]:
    """What is found in every text, all of them read as files of their own but at once."""
    files = {
        f"{side}/{case}": text if text.startswith(("import ", "from ")) else HEAD + text
        for case, pair in PAIRS.items()
        for side, text in zip(("bad", "good"), pair, strict=True)
    }
    sources = []
    for name, text in files.items():
        read, unread = reading.parsed({f"{name}.py": text})
        assert not unread, name
        sources += read
    found = list(linter.look(sources))
    for source in sources:
        for family in families.FAMILIES:
            found.extend(family.look(source))
    by_file: dict[str, list[Finding]] = {name: [] for name in files}
    for each in found:
        by_file[each.file.removesuffix(".py")].append(each)
    return by_file


@pytest.mark.parametrize("case", PAIRS)
def test_it_is_made_where_it_belongs(case: str) -> None:
    name = case.partition(",")[0]
    assert name in {each.advice.name for each in findings()[f"bad/{case}"]}


@pytest.mark.parametrize("case", PAIRS)
def test_it_is_not_made_on_the_right_way(case: str) -> None:
    name = case.partition(",")[0]
    made = {each.advice.name for each in findings()[f"good/{case}"]}
    assert name not in made


def test_every_remark_is_in_the_table() -> None:
    assert len(PAIRS) == 72
    cases = {case.partition(",")[0] for case in PAIRS}
    assert {advice.name for advice in families.ADVICES} == cases


def test_each_remark_says_what_it_is_in_a_few_plain_sentences() -> None:
    names = [advice.name for advice in families.ADVICES]
    assert len(names) == len(set(names))
    for advice in families.ADVICES:
        sentences = advice.text.count(". ") + advice.text.count(": ") + advice.text.endswith(".")
        assert 1 <= sentences <= 4, advice.name
        assert len(advice.text) <= 330, advice.name
        assert len(advice.title) <= 60, advice.name
        assert advice.text.count("`") % 2 == advice.title.count("`") % 2 == 0, advice.name
        assert advice.link.startswith("https://") and advice.link_title, advice.name
        assert max(map(len, advice.example.splitlines()), default=0) <= 76, advice.name


def test_every_weight_is_used() -> None:
    assert {advice.weight for advice in families.ADVICES} == set(Weight)
