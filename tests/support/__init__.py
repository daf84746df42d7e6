"""What the tests share: filings sketched as text, rule cases, and rules changed on purpose."""
