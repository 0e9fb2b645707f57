"""What can go wrong with a box: each error says whose fault it is by its class."""

from collections.abc import Sequence


class SandboxError(Exception):
    """A failure of ours: no box, a daemon that does not answer, a broken promise."""


class ImageUnavailable(SandboxError):
    """The box image can neither be pulled nor built; the message says what to do."""


class BoxUnavailable(SandboxError):
    """No box could be started; the message is the daemon's reason in plain words."""


class EngineRefused(SandboxError):
    """The engine is not what the settings demand: an unknown runtime, a version with known holes."""


class WallBroken(SandboxError):
    """A box is not as hard as promised, so nothing is graded in it; each line names one gap."""

    def __init__(self, where: str, gaps: Sequence[str]) -> None:
        super().__init__(f"{where} Nothing is graded: {' '.join(gaps)}")
        self.gaps = tuple(gaps)


class NotIsolated(SandboxError):
    """Plain processes were about to run code that is not their owner's."""


class BoxLost(Exception):
    """The box ended or its agent broke the protocol: what ran inside it did this."""
