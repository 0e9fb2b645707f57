"""Tests of the wall: what a box lets through, and what it is made of."""
