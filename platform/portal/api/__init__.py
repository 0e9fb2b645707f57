"""The REST API under /api/v1: bearer tokens in, JSON and problem documents out."""
