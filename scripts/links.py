"""Looks for relative links in Markdown files that lead nowhere; prints them and ends with 1."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

CHECKOUT = Path(__file__).resolve().parents[1]
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)|^\[[^\]]+\]:\s*<?([^\s>]+)", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


def main() -> int:
    """Check every Markdown file of the checkout, but for what tools have put there."""
    broken = [line for page in _pages() for line in _broken(page)]
    print("\n".join(broken), end="\n" if broken else "")
    return 1 if broken else 0


def _pages() -> Iterator[Path]:
    for page in sorted(CHECKOUT.rglob("*.md")):
        folders = page.relative_to(CHECKOUT).parts[:-1]
        if not any(name.startswith(".") or name == "node_modules" for name in folders):
            yield page


def _broken(page: Path) -> Iterator[str]:
    for link in _links(page.read_text(encoding="utf-8")):
        path = unquote(link.partition("#")[0])
        start = CHECKOUT if path.startswith("/") else page.parent
        if not (start / path.lstrip("/")).exists():
            yield f"{page.relative_to(CHECKOUT)}: there is no {link}"


def _links(text: str) -> Iterator[str]:
    prose = INLINE.sub("", FENCED.sub("", text))
    for match in LINK.finditer(prose):
        link = match[1] or match[2]
        if not ELSEWHERE.match(link):
            yield link


if __name__ == "__main__":
    sys.exit(main())
