"""Ways in that lead through a mailbox: a new account, and a new password."""
