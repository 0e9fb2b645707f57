"""A byte order mark, three kinds of line ends, and characters that change the direction of what
a reader sees. It is valid Python and runs as it is: refusing it, or changing one byte, would
be wrong."""

from pathlib import Path

RIGHT = Path(__file__).parents[2] / "exam" / "right" / "main.py"


def build(folder: Path) -> None:
    text = RIGHT.read_text()
    text = text.replace("\n", "\r\n", 5) + 'TURNED = "\u202e\u2066 nothing \u2069"\n'
    text += "spare = 1\rspare = 2\n\rspare = 3\r\n"
    (folder / "main.py").write_bytes(b"\xef\xbb\xbf" + text.encode())
