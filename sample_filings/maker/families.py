"""The families of filings that are printed from the same books, each in the layout of another kind of publisher."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from maker import defects as county
from maker import defects_said as county_said
from maker import defects_worded as county_worded
from maker.books import Books, department_books, unit_books
from maker.city import defects as city
from maker.city import relations as city_relations
from maker.city.filing import print_city
from maker.city.relations_said import said_in_city
from maker.defects import Act, Planted, carry_out
from maker.filing import print_filing
from maker.final import defects as final
from maker.final import relations as final_relations
from maker.final.accounts import close
from maker.final.filing import print_accounts
from maker.final.relations_said import said_in_accounts
from maker.grid import Line, Paper
from maker.ledger import Finding, Ledger, read_ledger
from maker.province import defects as province
from maker.province import relations as province_relations
from maker.province.filing import print_province
from maker.province.relations_said import said_in_province
from maker.relations_said import said_in_county
from maker.story import read_story


@dataclass(frozen=True, slots=True)
class Family:
    """One layout: how a filing is printed, the errors that are planted, and how contradictions are worked out."""

    print_filing: Callable[[Books], Paper]
    defects: Mapping[str, tuple[str, Act]]
    find_in_tables: Callable[[Sequence[Line]], list[Finding]]
    find_in_prose: Callable[[Ledger], Iterator[Finding]]

    def find(self, lines: Sequence[Line]) -> list[Finding]:
        """Work out what the printed figures contradict, those of the tables and those of the narrative."""
        return [*self.find_in_tables(lines), *self.find_in_prose(read_ledger(lines))]

    def papers(self) -> dict[str, Paper]:
        """Print the clean filings: level to its lines."""
        whole = department_books(read_story())
        return {books.level: self.print_filing(books) for books in (whole, unit_books(whole))}

    def plant(self, slug: str, lines: Sequence[Line]) -> Planted:
        """Plant the error `slug` in a copy of the clean lines of its filing."""
        return carry_out(slug, *self.defects[slug], lines, self.find)


FAMILIES: Final[dict[str, Family]] = {
    "county": Family(
        print_filing, county.DEFECTS | county_said.DEFECTS | county_worded.DEFECTS, county.findings_of, said_in_county
    ),
    "city": Family(print_city, city.DEFECTS, city_relations.findings_of, said_in_city),
    "province": Family(print_province, province.DEFECTS, province_relations.findings_of, said_in_province),
    "final-accounts": Family(
        lambda books: print_accounts(close(books)), final.DEFECTS, final_relations.findings_of, said_in_accounts
    ),
}
"""Families by name; the county's files stand in this folder itself, the others' in a folder of their name."""
