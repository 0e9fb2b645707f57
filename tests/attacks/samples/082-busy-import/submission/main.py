"""The start has a limit of its own, which is named."""

while True:
    pass
