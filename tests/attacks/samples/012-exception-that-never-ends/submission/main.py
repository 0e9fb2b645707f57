"""Formatting this exception does not end. It happens in the app's own process, whose start has a
limit like any other start.
"""

class Endless(Exception):
    """Is still thinking about what to say."""

    def __str__(self) -> str:
        while True:
            pass


raise Endless
