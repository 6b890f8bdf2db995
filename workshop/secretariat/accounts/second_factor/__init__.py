"""The second thing a person shows when signing in: a code of an authenticator app, or one of ten recovery codes."""
