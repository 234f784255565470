"""The admin of bills."""

HEADER = "Bills"
