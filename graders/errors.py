"""What can go wrong with grading, by whose fault it is."""


class GradersError(Exception):
    """Base of what this floor raises on purpose."""


class BrokenPackage(GradersError):
    """A challenge package is wrong: the author's to mend; the message names file and reason."""


class UnknownChallenge(GradersError):
    """There is no challenge of that name; the message names the nearest one."""


class RefusedSubmission(GradersError):
    """The files are not acceptable; nothing of them has been run."""


class ExaminerLost(GradersError):
    """The examiner ended before it met the app: a failure of ours."""


class SuiteNotCollected(GradersError):
    """The suite cannot be read: a failure of its author; the message is pytest's."""


class RefusedRequest(GradersError):
    """A request that cannot be sent to an app; the message says why, and nothing was sent."""


class ConsoleBroken(GradersError):
    """The box of a console is of no more use; the message says why, fit for the candidate."""

    def __init__(self, message: str, output: str = "") -> None:
        super().__init__(message)
        self.output = output
