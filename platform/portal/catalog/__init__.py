"""The challenges on offer."""
