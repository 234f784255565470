"""Repairs what comes off the line."""
