"""The start has a limit, which is named."""

import time

time.sleep(600)
