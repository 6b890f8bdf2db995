"""The documents each session expects, the files received, and what has become public."""
