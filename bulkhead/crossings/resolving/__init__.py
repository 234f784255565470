"""What names and terms of one file stand for, told from all files and the real models."""
