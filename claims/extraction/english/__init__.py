"""What is particular to English: word lists. Another language is another package."""
