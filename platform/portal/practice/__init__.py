"""Practice beyond one challenge: progress, plans and mock interviews."""
