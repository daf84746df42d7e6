"""Audit → self-contained HTML: a page per filing, and an index over several.

Nothing is fetched and nothing runs: styles stand in the page, and there is no script. Words come from the message
catalogues, markup from `reports/templates`, and whatever a filing says is escaped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from checker.contract.place import at
from checker.model.audit import Audit, Conclusion, FilingAudit, Run
from checker.model.outcome import Verdict
from checker.model.place import Place
from checker.model.rule import Severity
from checker.outputs.files import write_whole
from checker.outputs.html_page import TONES, counts_sentence, coverage_bars, manifest, page_of
from checker.outputs.places import where
from checker.outputs.words import Words
from checker.resources import reports_folder

if TYPE_CHECKING:
    from jinja2 import Environment

_PLAIN_WORDS: Final = re.compile(r"""\{\{ w\((["'])(?P<key>[a-z0-9.-]+)\1\) \}\}""")
"""A word without placeholders, as a template asks for it."""

LONGEST_NAME: Final = 50
"""Characters of a page's file name; four bytes each still fit the 255 that file systems allow."""

WORST_FIRST: Final = (Conclusion.RETURN, Conclusion.REVISE, Conclusion.INCOMPLETE, Conclusion.CLEAN)


def render_filing(audit: FilingAudit, run: Run, words: Words) -> str:
    """Return the page of one filing."""
    return _render("filing.html.j2", words, page=page_of(audit, run, words), sentence=counts_sentence(audit, words))


def render_index(audit: Audit, links: Mapping[str, str], words: Words) -> str:
    """Return the index of a run: unreadable files first and loud, then the filings, worst first.

    `links` gives the address of each filing's page by the path of the filing.
    """
    lines = [(each, links.get(each.filing.path, ""), coverage_bars(each, words)) for each in _worst_first(audit)]
    totals = [(each, sum(filing.conclusion is each for filing in audit.filings)) for each in WORST_FIRST]
    facts = manifest(audit.run, words)
    return _render("index.html.j2", words, audit=audit, lines=lines, totals=totals, tones=TONES, facts=facts)


def write(audit: Audit, target: Path, words: Words) -> list[Path]:
    """Write the report and return the paths written; each file appears whole or not at all.

    One readable filing and nothing else becomes the page `target`. Otherwise `target` is the index, and the pages lie
    in a folder beside it that bears its name.

    Raises:
        OSError: when a file cannot be written.
    """
    if len(audit.filings) == 1 and not audit.unreadable:
        write_whole(target, _bytes(render_filing(audit.filings[0], audit.run, words)))
        return [target]
    folder = target.with_suffix("") if target.suffix else target.with_name(f"{target.name}.pages")
    names = page_names(filing.filing.path for filing in audit.filings)
    written = []
    links: dict[str, str] = {}
    for filing, name in zip(audit.filings, names, strict=True):
        write_whole(folder / name, _bytes(render_filing(filing, audit.run, words)))
        written.append(folder / name)
        links[filing.filing.path] = f"{quote(folder.name)}/{quote(name)}"
    write_whole(target, _bytes(render_index(audit, links, words)))
    return [target, *written]


def page_names(paths: Iterable[str]) -> list[str]:
    """Return a file name for the page of each path: letters, digits, `-` and `_` of its own name, and unique.

    Names are told apart without regard to case, since some file systems have none.
    """
    taken: set[str] = set()
    names: list[str] = []
    for path in paths:
        plain = unicodedata.normalize("NFC", PurePath(path).stem)
        safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in plain)
        stem = safe.strip("-")[:LONGEST_NAME] or "filing"
        name, again = stem, 1
        while name.casefold() in taken:
            again += 1
            name = f"{stem}-{again}"
        taken.add(name.casefold())
        names.append(f"{name}.html")
    return names


def _worst_first(audit: Audit) -> list[FilingAudit]:
    return sorted(
        audit.filings,
        key=lambda each: (
            WORST_FIRST.index(each.conclusion),
            *(-each.severities[severity] for severity in Severity),
            each.filing.path,
        ),
    )


def _bytes(page: str) -> bytes:
    """Encode a page; a file name that is not valid text must not cost the report."""
    return page.encode("utf-8", errors="replace")


def _render(template: str, words: Words, **values: object) -> str:
    return _environment(words).get_template(template).render(**values)


@lru_cache(maxsize=2)
def _environment(words: Words) -> Environment:
    """Return the template environment of a language.

    Escaping is on for every name, since `select_autoescape` leaves out `*.j2`. Words without placeholders are put into
    the source before it is compiled, which saves a quarter of that time.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # 20 ms that other formats never need
    from markupsafe import Markup

    folder = reports_folder()

    def load(name: str) -> str:
        source = (folder / "templates" / name).read_text(encoding="utf-8")
        return _PLAIN_WORDS.sub(lambda found: escape(words(found["key"])), source)

    def said(place: Place) -> str:
        return where(at(place), words)

    environment = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,
    )
    style = Markup((folder / "style.css").read_text(encoding="utf-8"))
    environment.globals.update(style=style, w=words, at=said, Verdict=Verdict, Severity=Severity)
    return environment
