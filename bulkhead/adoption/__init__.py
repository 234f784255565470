"""The way of a grown project: the first look, and what is near enough to be freed."""
