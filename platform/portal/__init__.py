"""What people see: pages, API, accounts, queue; the only floor with a database."""
