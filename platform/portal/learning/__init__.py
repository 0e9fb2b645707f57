"""Hints, notes of one's own, the worked solution and the quiz of a challenge."""
