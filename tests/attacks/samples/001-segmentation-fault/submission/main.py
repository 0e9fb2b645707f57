"""Reads address zero: the interpreter ends without any Python code running any more.
No core may be kept, and it is the app's failure, not the judge's.
"""

import ctypes

ctypes.string_at(0)
