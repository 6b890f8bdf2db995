"""Signing in through another service of the person's organisation, by OpenID Connect."""
