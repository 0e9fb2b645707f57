"""Tests that every challenge in the project is right."""
