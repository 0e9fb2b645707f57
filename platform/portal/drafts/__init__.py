"""Drafts: what somebody types is kept on the server, with versions to go back to."""
