"""Values that every domain may use."""
