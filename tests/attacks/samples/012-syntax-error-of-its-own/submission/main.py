"""A SyntaxError carries file name, line and text, and all three are objects of the app's choice: a
path of the host, a line that is no number. Nobody opens that file or believes that number.
"""

class Line(int):
    """A number that is no number for json."""

    def __repr__(self) -> str:
        return '1, "exit_code": 0, "ready": true'


raise SyntaxError("passed", ("/etc/shadow\n/proc/1/environ", Line(7), 10**30, object(), -5, "x"))
