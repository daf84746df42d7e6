"""Rules put to the test: sketched filings, cases that say what a rule must make of them, and how well they hold."""
