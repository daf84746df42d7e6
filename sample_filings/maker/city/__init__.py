"""Prints the invented county's budget the way a large city prints it: nine tables in 元, prose in 万元."""
