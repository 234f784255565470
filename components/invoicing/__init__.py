"""What is asked for under a contract: invoices, deductions and retention."""
