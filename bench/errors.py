"""Why there are no figures: something is not here, or did not do the work it was timed for."""


class BenchError(Exception):
    """A way could not be set up, or gave another verdict than `passed`; the text says why."""


class NotHere(BenchError):
    """What a way needs is not on this machine: its row is left out."""
