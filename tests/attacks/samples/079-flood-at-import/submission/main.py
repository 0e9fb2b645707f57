"""The flood comes while the app is loaded; the limit that is named is output, not time."""

while True:
    print("no end", end=" ")
