"""What a project's tests need beside pytest-django: the databases of a component, and all of them at once."""
