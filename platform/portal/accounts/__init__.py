"""Who somebody is: people, passwords, signed-in browsers, sign-in links and API tokens."""
