"""Ways to make a box: `docker` for anybody's code, `process` for one's own."""
