"""Small mistakes made by machine in a right solution: each shows whether a suite would notice."""
