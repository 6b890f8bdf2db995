"""The register with memory: organisations, people, countries."""
