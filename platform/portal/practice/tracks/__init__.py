"""Preparation tracks: which challenges lead to a role, in which order, and why."""
