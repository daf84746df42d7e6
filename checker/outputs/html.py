"""The contract → self-contained HTML: a page per filing, and an index over several.

Nothing is fetched, and nothing runs but our own script, which stands in the page and is allowed by its hash; the page
is complete without it. Words come from the message catalogues, markup from `reports/templates`, and whatever a filing
says is escaped.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import quote

from checker.contract.shape import AuditJson, FilingJson, RunJson
from checker.contract.waiver import WaiverJson
from checker.outputs.files import write_whole
from checker.outputs.html_charts import charts_html
from checker.outputs.html_environment import render
from checker.outputs.html_findings import Picture
from checker.outputs.html_page import page_of
from checker.outputs.summaries import Summary, summary_of
from checker.outputs.words import Words

LONGEST_NAME: Final = 50
"""Characters of a page's file name; four bytes each still fit the 255 that file systems allow."""


def render_filing(
    filing: FilingJson,
    run: RunJson,
    words: Words,
    *,
    waivers: Sequence[WaiverJson] = (),
    pictures: Mapping[str, Picture] | None = None,
) -> str:
    """Return the page of one filing.

    `waivers` are those of the run (the page shows its filer's), `pictures` pieces of the original's pages by the ids of
    the findings they show.
    """
    page = page_of(filing, run, words, waivers, pictures)
    return render("filing.html.j2", words, page=page, charts=charts_html(filing, words))


def render_index(audit: AuditJson, links: Mapping[str, str], words: Words) -> str:
    """Return the index of a run: unreadable files first and loud, then the filings, worst first.

    `links` gives the address of each filing's page by the path of the filing.
    """
    return _index(audit, [summary_of(each, links.get(each.path, "")) for each in audit.filings], words)


def _index(audit: AuditJson, summaries: Sequence[Summary], words: Words) -> str:
    from checker.outputs.html_index import index_html  # what the page of one filing never needs

    return index_html(audit, summaries, words)


def write(audit: AuditJson, target: Path, words: Words) -> list[Path]:
    """Write the report and return the paths written; each file appears whole or not at all.

    One readable filing and nothing else becomes the page `target`. Otherwise `target` is the index, and the pages lie
    in the folder that `pages_folder` names.

    Raises:
        OSError: when a file cannot be written.
    """
    if len(audit.filings) == 1 and not audit.unreadable:
        write_filing(audit.filings[0], audit.run, target, words, waivers=audit.waivers)
        return [target]
    folder = pages_folder(target)
    names = page_names(filing.path for filing in audit.filings)
    summaries = []
    for filing, name in zip(audit.filings, names, strict=True):
        write_filing(filing, audit.run, folder / name, words, waivers=audit.waivers)
        summaries.append(summary_of(filing, link_to(target, name)))
    write_index(audit, summaries, target, words)
    return [target, *(folder / name for name in names)]


def write_filing(
    filing: FilingJson,
    run: RunJson,
    target: Path,
    words: Words,
    *,
    waivers: Sequence[WaiverJson] = (),
    pictures: Mapping[str, Picture] | None = None,
) -> None:
    """Write the page of one filing, whole or not at all; `render_filing` says what it takes.

    Raises:
        OSError: when the file cannot be written.
    """
    page = render_filing(filing, run, words, waivers=waivers, pictures=pictures)
    write_whole(target, _bytes(page))


def write_index(audit: AuditJson, summaries: Sequence[Summary], target: Path, words: Words) -> None:
    """Write the index over filings, whole or not at all; of the audit it needs only what is beside its filings.

    Raises:
        OSError: when the file cannot be written.
    """
    write_whole(target, _bytes(_index(audit, summaries, words)))


def pages_folder(index: Path) -> Path:
    """Return the folder beside an index in which the pages of its filings lie; it bears the index's name."""
    return index.with_suffix("") if index.suffix else index.with_name(f"{index.name}.pages")


def link_to(index: Path, name: str) -> str:
    """Return the address of a page as the index links to it."""
    return f"{quote(pages_folder(index).name)}/{quote(name)}"


def page_names(paths: Iterable[str]) -> list[str]:
    """Return a file name for the page of each path."""
    return list(map(PageNames(), paths))


class PageNames:
    """Names pages by the paths of their filings: letters, digits, `-` and `_` of the file's own name, and unique.

    Names are told apart without regard to case, since some file systems have none.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._again: Counter[str] = Counter()

    def __call__(self, path: str) -> str:
        """Return the name of one more page."""
        plain = unicodedata.normalize("NFC", PurePath(path).stem)
        safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in plain)
        stem = safe.strip("-")[:LONGEST_NAME] or "filing"
        name = stem
        while name.casefold() in self._taken:
            self._again[stem] += 1
            name = f"{stem}-{self._again[stem] + 1}"
        self._taken.add(name.casefold())
        return f"{name}.html"


def _bytes(page: str) -> bytes:
    """Encode a page; a file name that is not valid text must not cost the report."""
    return page.encode("utf-8", errors="replace")
