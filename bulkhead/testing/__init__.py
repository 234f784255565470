"""What tests of components need beside pytest-django.

Nothing is imported here: pytest loads the plugin in every project of an environment.
"""
