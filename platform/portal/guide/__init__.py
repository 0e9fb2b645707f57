"""The guide: an answer to every interview question, to read, to search and to print."""
