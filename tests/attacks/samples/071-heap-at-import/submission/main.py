"""The balloon rises while the app is loaded: it did not start, and the limit that is named is
memory."""

kept = []
while True:
    kept.append(bytearray(8 << 20))
