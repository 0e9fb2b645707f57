"""SIGKILL leaves no time for a last word: a grader that waits for one hangs, and one that
takes silence for success is fooled.
"""

import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
