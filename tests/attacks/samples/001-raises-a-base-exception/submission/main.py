"""An exception outside `Exception` slips past loaders that only catch ordinary errors,
and so could skip whatever they do afterwards. It ends the app's process and nothing else.
"""

class Quiet(BaseException):
    """Nobody expects this one."""


raise Quiet(0)
