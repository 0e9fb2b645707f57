"""Somebody's own account: name, password, browsers, tokens, data, and the way out."""
