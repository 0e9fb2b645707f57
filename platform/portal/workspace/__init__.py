"""The room where somebody works on one challenge."""
