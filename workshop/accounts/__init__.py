"""People who sign in, their sign-in sessions, and how they prove who they are."""
