"""The kinds of crossings, a module each."""
