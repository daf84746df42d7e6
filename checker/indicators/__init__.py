"""Performance indicators: what a printed indicator value says."""
