"""What a project may cost: its budget, against what is committed and invoiced."""
