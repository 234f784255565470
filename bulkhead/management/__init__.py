"""Bulkhead's commands, and what they share."""
