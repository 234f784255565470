"""What runs inside a project that has never heard of Bulkhead, with its own Python and Django.

Only the standard library and Django are there, from Python 3.8 and Django 3.2 on.
"""
