"""The wall proves itself: a program looks round in a real box, and we judge what it tells."""
