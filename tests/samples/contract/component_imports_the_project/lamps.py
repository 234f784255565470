"""A module that is in none of the root packages."""

LAMP = "green"
