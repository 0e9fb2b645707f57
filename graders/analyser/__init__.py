"""Remarks on accepted code, as an experienced reviewer makes them; nothing here is ever scored."""
