"""Remarks on what was forgotten: whole uploads in memory, prints, names that nobody uses."""

import ast
from collections.abc import Iterator

from graders.analyser.remark import Advice, Finding, Weight
from graders.analyser.source import Source, own_nodes, parameters

WHOLE_UPLOAD = Advice(
    "whole-upload",
    Weight.ACTIONABLE,
    "The whole upload comes into memory",
    "`read()` without a size takes all of the file at once, and ten clients with large files take "
    "ten times that. Read pieces, count them, and stop when it is too much.",
    "https://fastapi.tiangolo.com/tutorial/request-files/#uploadfile",
    "FastAPI: Request files",
    "while piece := await file.read(64 * 1024):\n    stored.write(piece)",
)
PRINT = Advice(
    "print-in-route",
    Weight.INFORMATIVE,
    "A `print` is still there",
    "A log line has a time, a level and a place to go, and can be turned off; a `print` has none "
    "of these. If it was for looking while you worked, it can go.",
    "https://docs.python.org/3/howto/logging.html",
    "Python: Logging HOWTO",
    'logger.info("order %s placed", order.number)',
)
UNUSED = Advice(
    "unused-name",
    Weight.INFORMATIVE,
    "Something is left over",
    "What is imported or named here and never used makes a reader look for its purpose. Delete "
    "it; a linter such as Ruff finds these for you.",
    "https://docs.astral.sh/ruff/rules/unused-import/",
    "Ruff: unused-import",
)
LINTED = dict.fromkeys(("F401", "F841"), UNUSED)
UPLOADS = frozenset({"fastapi.UploadFile", "starlette.datastructures.UploadFile"})


def look(source: Source) -> Iterator[Finding]:
    """Routes, and the functions that take an upload."""
    for function in source.functions:
        uploads = {
            each.arg
            for each in parameters(function)
            if UPLOADS & source.annotation_names(each.annotation)
        }
        for node in own_nodes(function):
            if not isinstance(node, ast.Call):
                continue
            name = source.dotted(node.func)
            if name == "print" and function in source.routes:
                yield Finding(PRINT, source.name, node.lineno)
            owner, _, method = name.partition(".")
            if owner in uploads and method in ("read", "file.read") and not node.args:
                yield Finding(WHOLE_UPLOAD, source.name, node.lineno)
