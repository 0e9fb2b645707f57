"""Certificates: a public page that says what somebody reached, and how it was taken."""
