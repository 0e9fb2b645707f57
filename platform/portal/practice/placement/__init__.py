"""Placement: four questions that pick a track and where to begin in it."""
