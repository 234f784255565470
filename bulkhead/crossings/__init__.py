"""What ties two components together, and which of it the architecture allows."""
