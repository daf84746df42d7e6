"""Writes the project's own made-up filings: the books first, then the printing, then the planted errors."""
