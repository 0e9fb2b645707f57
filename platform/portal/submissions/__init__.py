"""Submissions and runs: taken in, graded once, shown while they grow."""
