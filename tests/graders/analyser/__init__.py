"""Tests of the remarks on accepted code."""
