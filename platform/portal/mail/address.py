"""What counts as the address of a mailbox."""

from __future__ import annotations

import re

MAX_ADDRESS_CHARACTERS = 254
# Anything with a meaning of its own in the header of a mail is no part of an address here.
ADDRESS = re.compile(r"""[^@\s<>()\[\]\\,;:"]+@[^@\s<>()\[\]\\,;:"]+""")


def is_address(text: str) -> bool:
    """Whether a mail could be sent there, as far as one can see."""
    fits = len(text) <= MAX_ADDRESS_CHARACTERS and text.isprintable()
    return fits and ADDRESS.fullmatch(text) is not None
