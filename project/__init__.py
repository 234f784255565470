"""The reference project: cost control for construction."""
