"""What any timed go needs: the clock, the ending, what counted, and the report."""
