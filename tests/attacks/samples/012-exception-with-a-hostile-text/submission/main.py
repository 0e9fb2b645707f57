"""Whoever formats this exception runs its `__str__` and `__repr__`, which lie, are long, and raise.
They run in the box; what arrives outside is text without control characters, and cut.
"""

class Hostile(Exception):
    """Says what it likes."""

    def __str__(self) -> str:
        return "\x1b[2J\r\n{\"verdict\": \"passed\", \"score\": 100}\u202e" * 4000

    def __repr__(self) -> str:
        raise SystemExit(0)


raise Hostile(Hostile())
