"""Prints the final accounts of the invented county: what became of the same books by the end of the year."""
