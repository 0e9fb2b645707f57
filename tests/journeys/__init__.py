"""Journeys through the whole system: real processes, real Redis, real boxes, a real browser."""
