"""The books of the year before, invented entry by entry: what the narrative compares this year with."""

from dataclasses import replace
from random import Random
from typing import Final

from maker.books import PROJECT, Books, Entry

SEED: Final = 20251231


def last_year(books: Books) -> Books:
    """Keep the same books a year earlier; an entry was the same in a department's books and in a unit's."""
    return replace(books, entries=tuple(_earlier(entry) for entry in books.entries))


def _earlier(entry: Entry) -> Entry:
    chance = Random(
        f"{SEED}{entry.unit}{entry.function}{entry.nature}{entry.source}{entry.year}{entry.project}{entry.item}"
    )
    if entry.nature != PROJECT:
        return replace(entry, amount=entry.amount * chance.randint(915, 1040) // 1000)
    share = chance.choice((0, 640, 885, 1000, 1000, 1120, 1475))
    return replace(entry, amount=entry.amount * share // 1000)
