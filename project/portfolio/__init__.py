"""The legacy app: properties, the projects on them, and the companies that build."""
