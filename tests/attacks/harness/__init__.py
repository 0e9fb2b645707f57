"""Grades attack samples side by side and looks at everything that must hold afterwards."""
