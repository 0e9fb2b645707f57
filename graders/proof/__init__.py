"""Proves a challenge right: what its files promise is what gradings show."""
