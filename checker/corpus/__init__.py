"""Many filings: worked through in parallel, each once, in the order of their paths."""
