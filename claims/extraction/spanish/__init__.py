"""What is particular to Spanish: word lists of the same shape as the English ones."""
