"""What an app can do to a request that is no answer to it."""


class AppProblem(Exception):
    """The app did something that no answer does; the message is fit for the candidate."""


class NoAnswerInTime(AppProblem):
    """No complete answer before the deadline."""


class ConnectionLost(AppProblem):
    """The app closed the connection, or died, before the answer was complete."""


class BadProtocol(AppProblem):
    """What came is not acceptable HTTP."""
