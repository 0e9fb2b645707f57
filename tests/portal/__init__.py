"""Tests of the portal: one file for each page, behaviour or attack."""
