"""Every snippet of a guide page is a whole program that runs with the installed versions."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from graders.package import folders
from portal.settings import CHECKOUT

GUIDES = {folder.name: folder / "guide.md" for folder in folders(CHECKOUT / "challenges")}
SNIPPET = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TIME_LIMIT_SECONDS = 120
# All snippets of a page in one process, each with names of its own.
RUN_ALL = """
import sys
for number, source in enumerate(sys.stdin.read().split("\\0"), start=1):
    exec(compile(source, f"snippet {number}", "exec"), {"__name__": f"snippet_{number}"})
"""


@pytest.mark.parametrize("slug", GUIDES)
def test_its_snippets_run(slug: str) -> None:
    snippets = SNIPPET.findall(GUIDES[slug].read_text(encoding="utf-8"))
    assert len(snippets) >= 2, "A guide page shows how it is done."
    ran = subprocess.run(  # noqa: S603  (our own pages)
        [sys.executable, "-I", "-W", "ignore", "-c", RUN_ALL],
        input="\0".join(snippets),
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT_SECONDS,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
