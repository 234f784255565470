"""What was agreed with whom: contracts, their line items and their change orders."""
