"""Tells what names and terms stand for, by the facts of all files and the real models."""
