"""Audit → self-contained HTML: a page per filing, and an index over several.

Nothing is fetched, and nothing runs but our own script, which stands in the page and is allowed by its hash; the page
is complete without it. Words come from the message catalogues, markup from `reports/templates`, and whatever a filing
says is escaped.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from checker.contract.place import At
from checker.contract.shape import AuditJson, FilingJson, RunJson
from checker.model.audit import Conclusion
from checker.model.outcome import Verdict
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


def render_filing(filing: FilingJson, run: RunJson, words: Words) -> str:
    """Return the page of one filing."""
    return _render("filing.html.j2", words, page=page_of(filing, run, words), sentence=counts_sentence(filing, words))


def render_index(audit: AuditJson, links: Mapping[str, str], words: Words) -> str:
    """Return the index of a run: unreadable files first and loud, then the filings, worst first.

    `links` gives the address of each filing's page by the path of the filing.
    """
    lines = [(each, links.get(each.path, ""), coverage_bars(each, words)) for each in _worst_first(audit)]
    totals = [(each, sum(filing.verdict == each for filing in audit.filings)) for each in WORST_FIRST]
    facts = manifest(audit.run, words)
    return _render("index.html.j2", words, audit=audit, lines=lines, totals=totals, tones=TONES, facts=facts)


def write(audit: AuditJson, target: Path, words: Words) -> list[Path]:
    """Write the report and return the paths written; each file appears whole or not at all.

    One readable filing and nothing else becomes the page `target`. Otherwise `target` is the index, and the pages lie
    in the folder that `pages_folder` names.

    Raises:
        OSError: when a file cannot be written.
    """
    if len(audit.filings) == 1 and not audit.unreadable:
        write_filing(audit.filings[0], audit.run, target, words)
        return [target]
    folder = pages_folder(target)
    names = page_names(filing.path for filing in audit.filings)
    links: dict[str, str] = {}
    for filing, name in zip(audit.filings, names, strict=True):
        write_filing(filing, audit.run, folder / name, words)
        links[filing.path] = link_to(target, name)
    write_index(audit, links, target, words)
    return [target, *(folder / name for name in names)]


def write_filing(filing: FilingJson, run: RunJson, target: Path, words: Words) -> None:
    """Write the page of one filing, whole or not at all.

    Raises:
        OSError: when the file cannot be written.
    """
    write_whole(target, _bytes(render_filing(filing, run, words)))


def write_index(audit: AuditJson, links: Mapping[str, str], target: Path, words: Words) -> None:
    """Write the index over filings, whole or not at all.

    Raises:
        OSError: when the file cannot be written.
    """
    write_whole(target, _bytes(render_index(audit, links, words)))


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


def _worst_first(audit: AuditJson) -> list[FilingJson]:
    return sorted(
        audit.filings,
        key=lambda each: (
            WORST_FIRST.index(Conclusion(each.verdict)),
            *(-each.severities[severity] for severity in Severity),
            each.path,
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

    def said(at: At) -> str:
        return where(at, words)

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
    script = _script(folder)
    environment.globals.update(
        script=Markup(script), script_hash=_hash(script), script_words=Markup(_script_words(words))
    )
    return environment


def _script(folder: Path) -> str:
    """Return the script of the page, line ends as a browser hashes them; nothing where there is none."""
    file = folder / "script.js"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _hash(script: str) -> str:
    """Return the source expression that allows one inline script and no other."""
    from base64 import b64encode
    from hashlib import sha256

    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"


def _script_words(words: Words) -> str:
    """Return the words of the script, by their keys `script.*`, as JSON that cannot end the element it stands in."""
    return json.dumps(words.starting_with("script."), ensure_ascii=False).replace("<", "\\u003c")
