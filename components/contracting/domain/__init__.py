"""The rules, free of Django."""
