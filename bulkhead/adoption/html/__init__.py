"""The survey as one page that needs nothing beside it."""
