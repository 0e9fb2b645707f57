"""Tests of everything; `people`, `clients` and `databases` are what they are written with."""
