"""Tests of packages, examiner, client and verdicts."""
