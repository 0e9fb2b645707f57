"""Many submissions, a third of them hostile: every verdict is right, and nothing grows meanwhile."""
