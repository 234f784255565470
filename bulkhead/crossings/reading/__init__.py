"""Reads each file once, for every source of crossings."""
