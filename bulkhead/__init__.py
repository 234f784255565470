"""Keeps a Django project in watertight components."""
