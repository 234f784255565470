"""What a project in an interpreter of its own says of itself."""
