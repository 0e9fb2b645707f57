"""Attacks on the grader: each must gain nothing and learn nothing."""
