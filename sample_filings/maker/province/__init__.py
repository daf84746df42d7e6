"""Prints the invented county's budget in the layout of a province: twelve tables in 万元, lists with one amount."""
