"""The families of filings that are printed from the same books, each in the layout of another kind of publisher."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from maker import defects as county
from maker.books import Books, department_books, unit_books
from maker.city import defects as city
from maker.city import relations as city_relations
from maker.city.filing import print_city
from maker.defects import Act, Planted, carry_out
from maker.filing import print_filing
from maker.final import defects as final
from maker.final import relations as final_relations
from maker.final.accounts import close
from maker.final.filing import print_accounts
from maker.grid import Line, Paper
from maker.ledger import Finding
from maker.province import defects as province
from maker.province import relations as province_relations
from maker.province.filing import print_province
from maker.story import read_story


@dataclass(frozen=True, slots=True)
class Family:
    """One layout: how a filing is printed, the errors that are planted, and how contradictions are worked out."""

    print_filing: Callable[[Books], Paper]
    defects: Mapping[str, tuple[str, Act]]
    find: Callable[[Sequence[Line]], list[Finding]]

    def papers(self) -> dict[str, Paper]:
        """Print the clean filings: level to its lines."""
        whole = department_books(read_story())
        return {books.level: self.print_filing(books) for books in (whole, unit_books(whole))}

    def plant(self, slug: str, lines: Sequence[Line]) -> Planted:
        """Plant the error `slug` in a copy of the clean lines of its filing."""
        return carry_out(slug, *self.defects[slug], lines, self.find)


FAMILIES: Final[dict[str, Family]] = {
    "county": Family(print_filing, county.DEFECTS, county.findings_of),
    "city": Family(print_city, city.DEFECTS, city_relations.findings_of),
    "province": Family(print_province, province.DEFECTS, province_relations.findings_of),
    "final-accounts": Family(lambda books: print_accounts(close(books)), final.DEFECTS, final_relations.findings_of),
}
"""Families by name; the county's files stand in this folder itself, the others' in a folder of their name."""
