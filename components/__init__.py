"""The components of the reference project."""
