"""Imports and first uses that every examination needs, done once before the forks."""

import contextlib
import io
import os
import tempfile
from pathlib import Path

import pytest

from graders import examination, fixtures, report
from graders.orders import Order

SAMPLE = '''
import httpx, pytest, random, string, json, re, uuid, datetime, decimal, itertools, threading
def test_nothing(rng):
    """Nothing."""
    assert True, "nothing"
'''


def everything() -> None:
    """Run a suite of one empty test, so that pytest has loaded all that it loads late."""
    reader, writer = os.pipe()
    plugin = examination.Examination(
        lambda plugin: plugin.begin(Order(exam=0, suite=Path(), digest=""), writer, None)
    )
    examination.raise_on_alarm()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        Path(folder, "test_sample.py").write_text(SAMPLE)
        pytest.main(examination.arguments(folder), [plugin, fixtures])
    os.close(writer)
    with os.fdopen(reader) as said:
        lines = [report.LINES.validate_json(line, strict=True) for line in said]
    if not any(isinstance(line, report.Ended) and line.status == "passed" for line in lines):
        raise RuntimeError(f"The examiner cannot examine: {lines}")
