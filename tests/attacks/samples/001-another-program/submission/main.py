"""Replaces the interpreter by a program that always succeeds: no atexit handler and no
`finally` of a loader runs. The pipe on which readiness is told is never written to.
"""

import os

os.execv("/bin/true", ["true"])
