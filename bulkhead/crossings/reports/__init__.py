"""What a check has found, in the forms that people and programs read."""
