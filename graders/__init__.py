"""Challenge packages in, verdicts out: knows no database, no web and no user."""
