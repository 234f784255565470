"""Rows, and the repositories over them."""
