"""Passkeys: a key pair whose secret half never leaves the person's device. Signing in with one shows two things at once."""
