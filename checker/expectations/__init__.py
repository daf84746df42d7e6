"""Contracts on the reading: what the forms demand of every table that is read, held over the tables of a batch.

They judge how filings were read, not the filings: a column that holds text in forty filings of one layout is the
reader's fault, or that of the template they share. great-expectations does the judging, and is imported for nothing
else; until contracts are asked for it is not imported at all.
"""
