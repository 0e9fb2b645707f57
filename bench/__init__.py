"""How long a verdict takes and what it costs, beside the ways that people would use without us."""
