"""What can go wrong with a box: each error says whose fault it is by its class."""


class SandboxError(Exception):
    """A failure of ours: no box, a daemon that does not answer, a broken promise."""


class ImageUnavailable(SandboxError):
    """The box image can neither be pulled nor built; the message says what to do."""


class BoxUnavailable(SandboxError):
    """No box could be started; the message is the daemon's reason in plain words."""


class NotIsolated(SandboxError):
    """Plain processes were about to run code that is not their owner's."""


class BoxLost(Exception):
    """The box ended or its agent broke the protocol: what ran inside it did this."""
