"""Whatever shows, colours or compares sources line by line meets one that is as long as a file
may be. It is an honest app beside it."""

from pathlib import Path

RIGHT = Path(__file__).parents[2] / "exam" / "right" / "main.py"


def build(folder: Path) -> None:
    text = RIGHT.read_text()
    (folder / "main.py").write_text(text + "WORDS = '" + "word " * 38_000 + "'\n")
