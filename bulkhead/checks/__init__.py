"""System checks `bulkhead.E001`..., a module per subject; see subjects.py."""
