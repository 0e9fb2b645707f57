"""Mock interviews: chosen by the server, timed by the server, watched by nobody."""
