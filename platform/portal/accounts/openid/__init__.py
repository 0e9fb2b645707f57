"""Signing in through an OpenID Connect provider, when one is configured."""
