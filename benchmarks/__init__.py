"""One module per question; `python -m benchmarks NAME` answers it."""
