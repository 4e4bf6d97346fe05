"""The check-worthiness model: its features, its weights and the script that trains it."""
