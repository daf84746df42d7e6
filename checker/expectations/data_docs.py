"""great-expectations' own pages of suites and results, made to be read offline.

As they come, its pages load scripts, styles and a picture from nine other sites, the picture with the time and an id of
the project in its address. All of that is taken out, a small style is put in its place, and the pages may load nothing
(Content-Security-Policy). What its start page builds by script is written out as a plain list.
"""

from __future__ import annotations

import html
import re
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from checker.expectations.demands import Suite
from checker.expectations.export import export, file_name
from checker.expectations.frames import Stacks
from checker.expectations.quiet import quiet
from checker.outputs.contracts import suite as suite_words
from checker.outputs.files import write_whole
from checker.outputs.words import Words

if TYPE_CHECKING:
    import pandas

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline' 'self'; base-uri 'none'; form-action 'none'"
STYLE: Final = """\
body{font:15px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;
margin:0 auto;max-width:70rem;padding:1.5rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}
th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
.badge{border:1px solid #999;border-radius:.2rem;padding:0 .3rem;font-family:monospace}
.alert,.ge-section{border-top:1px solid #999;margin-top:1rem;padding-top:.5rem}
.cooltip .top,.modal,#ge-cta-footer{display:none!important}
.text-success::before{content:"\\2713 "}.text-danger::before{content:"\\2717 "}.text-warning::before{content:"! "}
@media(prefers-color-scheme:dark){body{background:#1b1b1b;color:#eee}a{color:#9cf}}
"""
_FETCHED: Final = ("script", "link", "img", "iframe", "object", "embed", "base", "meta")
"""Elements that load something; what a page needs of them is put back."""
_IDLE: Final = ("input", "label", "button", "form", "nav", "footer")
"""What does nothing without scripts."""
_MOMENT: Final = "ge_load_time"
"""The row of a table that says when a result was loaded; with it no two pages would be the same."""
_WIDE: Final = str.maketrans("<>", "＜＞")
_RANDOM: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LOADING: Final = frozenset({"src", "srcset", "poster", "background", "data-src", "ping"})


class Result(NamedTuple):
    """How a suite was held: its name, whether all of it holds (nothing where it was not held), and its pages."""

    suite: str
    holds: bool | None
    page: str
    result: str = ""


def data_docs(
    site: Path, picked: Sequence[Suite], stacks: Stacks | None, words: Words, version: str, started: str = ""
) -> None:
    """Write the pages of suites, with their results over stacked tables where there are any.

    `version` is that of this program; `started` dates the results: when the audit was started, in ISO 8601.

    Raises:
        OSError: when the folder cannot be written to.
        NotInstalled: when there is no great-expectations.
    """
    with tempfile.TemporaryDirectory(prefix="gouji-") as name:
        project = Path(name)
        export(project, picked, None, words, version)
        held = _built(project, picked, stacks, _moment(started))
        built = project / "gx" / "uncommitted" / "data_docs" / "local_site"
        results = []
        for suite in picked:
            page = f"expectations/{file_name(suite.name)}.html"
            write_whole(site / page, cleaned((built / page).read_bytes(), "../style.css"))
            result = _result_page(built, site, suite)
            results.append(Result(suite.name, held.get(suite.name), page, result))
    write_whole(site / "style.css", STYLE.encode())
    write_whole(site / "index.html", _index(results, words))


def _moment(started: str) -> datetime:
    try:
        moment = datetime.fromisoformat(started)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _built(project: Path, picked: Sequence[Suite], stacks: Stacks | None, moment: datetime) -> dict[str, bool]:
    """Let great-expectations hold the suites and build its site; return which of them hold."""
    held: dict[str, bool] = {}
    with quiet():
        import great_expectations
        from great_expectations.core.run_identifier import RunIdentifier

        context = great_expectations.get_context(mode="file", project_root_dir=project)
        source = context.data_sources.add_pandas("gouji")
        run = RunIdentifier(run_name="gouji", run_time=moment)
        for suite in picked:
            if stacks is not None and len(stacks.by_suite[suite.name]):
                name = file_name(suite.name)
                batches: Any = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
                made: Any = great_expectations.ValidationDefinition(
                    name=name, data=batches, suite=context.suites.get(name)
                )
                frame = _without_markup(stacks.by_suite[suite.name].frame())
                result = context.validation_definitions.add(made).run(batch_parameters={"dataframe": frame}, run_id=run)
                held[suite.name] = bool(result.success)
        context.build_data_docs()
    return held


def _without_markup(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Return a stacked table whose texts are no markup: great-expectations puts them into its pages as they are."""
    for name in frame.columns:
        if frame[name].dtype == object:
            frame[name] = frame[name].map(lambda text: text.translate(_WIDE) if isinstance(text, str) else text)
    return frame


def _result_page(built: Path, site: Path, suite: Suite) -> str:
    """Write the page of a suite's results, where there is one, and return its path in the site."""
    pages = sorted((built / "validations" / file_name(suite.name)).rglob("*.html"))
    if not pages:
        return ""
    page = f"results/{file_name(suite.name)}.html"
    write_whole(site / page, cleaned(pages[0].read_bytes(), "../style.css"))
    return page


def cleaned(page: bytes, style: str) -> bytes:
    """Return a page without anything that loads or runs, with a policy that says so and a style of its own."""
    from lxml import html as markup

    tree: Any = markup.document_fromstring(page.decode())
    loaded = [row for row in tree.iter("tr") if row.text_content().split()[:1] == [_MOMENT]]
    for element in [*tree.iter(*_FETCHED, *_IDLE, "style"), *loaded]:
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.iter("*"):
        for name in list(element.attrib):
            if name in _LOADING or name.startswith("on") or name == "style":
                del element.attrib[name]
        if not element.get("href", "#").startswith("#"):
            del element.attrib["href"]
    head = tree.find("head")
    if head is None:
        head = markup.etree.SubElement(tree, "head")
    for position, each in enumerate(_head(style)):
        head.insert(position, each)
    _number_anchors(tree)
    content: bytes = markup.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")
    return content + b"\n"


def _number_anchors(tree: Any) -> None:
    """Replace the random part of anchors by a number, so that the same results give the same page."""
    numbers: dict[str, str] = {}
    for element in tree.iter("*"):
        for name in {"id", "href"} & set(element.attrib):
            anchor = _RANDOM.sub(lambda found: numbers.setdefault(found[0], str(len(numbers))), element.get(name))
            element.set(name, anchor)


def _head(style: str) -> list[Any]:
    from lxml.html import builder

    policy = builder.META(content=POLICY)
    policy.set("http-equiv", "Content-Security-Policy")
    return [builder.META(charset="utf-8"), policy, builder.LINK(rel="stylesheet", href=style)]


def _index(results: Sequence[Result], words: Words) -> bytes:
    rows = "".join(
        f"<tr><td>{_link(each.page, suite_words(each.suite, words))}</td><td>{_outcome(each, words)}</td></tr>\n"
        for each in results
    )
    title = html.escape(words("contracts.docs.title"))
    heads = (
        f"<th>{html.escape(words('contracts.docs.suite'))}</th><th>{html.escape(words('contracts.docs.result'))}</th>"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="style.css">'
        f"<title>{title}</title></head><body><h1>{title}</h1>\n<table><tr>{heads}</tr>\n{rows}</table></body></html>\n"
    ).encode()


def _outcome(result: Result, words: Words) -> str:
    if result.holds is None:
        return html.escape(words("contracts.docs.not_held"))
    return _link(result.result, words("contracts.docs.holds" if result.holds else "contracts.docs.broken"))


def _link(page: str, text: str) -> str:
    from urllib.parse import quote

    return f'<a href="{quote(page)}">{html.escape(text)}</a>' if page else html.escape(text)
