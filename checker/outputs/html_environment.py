"""The templates of the pages, filled in, in a language.

Whatever a filing says is escaped; nothing runs on a page but our own script, which is allowed by its hash.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Final

from checker.contract.finding import FindingJson
from checker.contract.place import At
from checker.model.outcome import Verdict
from checker.model.rule import Severity
from checker.outputs.html_rows import data_html
from checker.outputs.places import where
from checker.outputs.words import Words
from checker.resources import reports_folder

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment

_PLAIN_WORDS: Final = re.compile(r"""\{\{ w\((["'])(?P<key>[a-z0-9.-]+)\1\) \}\}""")
"""A word without placeholders, as a template asks for it."""


def render(template: str, words: Words, **values: object) -> str:
    """Return a template with its values filled in."""
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
    style = Markup("".join((folder / name).read_text(encoding="utf-8") for name in ("style.css", "script.css")))

    def data(finding: FindingJson, form: str) -> str:
        return Markup(data_html(finding, form))

    environment.globals.update(style=style, w=words, at=said, data=data, Verdict=Verdict, Severity=Severity)
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
