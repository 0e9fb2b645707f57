"""Leaves by `sys.exit(0)`: an exception that some runners take for a clean end of the run.
The loader does not catch it for an import error; the status 0 still proves nothing.
"""

import sys

sys.exit(0)
