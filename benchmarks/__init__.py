"""Figures of the running program, each against its target. How to run them: README.md in this folder."""
