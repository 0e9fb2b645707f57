"""The `assay` command, one file for each word of it."""
