"""Demo data: people and what they did, made from recorded gradings, so that every page is full."""
