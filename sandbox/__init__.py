"""The wall: runs untrusted code in boxes and never knows what a challenge or a score is."""
