"""Values: figures, tables, filings, rules, outcomes, findings. No input, no output."""
