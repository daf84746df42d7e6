"""The message catalogues hold what is asked for, and nothing else."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from string import Formatter

from checker.resources import reports_folder

REPORTS = reports_folder()
CHECKER = Path(__file__).parents[1] / "checker"
ASKED = {"words", "_words", "say", "w"}
"""What a catalogue is called where it is asked."""


def catalogue(language="zh"):
    return json.loads((REPORTS / "messages" / f"{language}.json").read_text(encoding="utf-8"))


def nodes(kind):
    return [each for file in CHECKER.rglob("*.py") for each in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(each, kind)]  # fmt: skip


def name_of(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def calls():
    """Return the keys that Python asks for outright, with the names given to each, None where they cannot be seen."""
    for call in nodes(ast.Call):
        key = call.args[0] if call.args else None
        if name_of(call) in ASKED and isinstance(key, ast.Constant) and isinstance(key.value, str):
            names = {each.arg for each in call.keywords}
            yield key.value, None if None in names else names


def named():
    """Return the texts in the sources that are keys, or may be, and patterns of those that are put together."""
    texts = {each.value for each in nodes(ast.Constant) if isinstance(each.value, str)}
    patterns = [
        "".join(re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w-]+" for part in each.values)
        for each in nodes(ast.JoinedStr)
    ]
    for file in (REPORTS / "templates").glob("*.j2"):
        source = file.read_text("utf-8")
        texts |= set(re.findall(r"""["']([\w.-]+)["']""", source))
        patterns += [re.escape(start) + r"[\w-]+" for start in re.findall(r"""["']([\w.-]+[.-])["'] ~""", source)]
    script = (REPORTS / "script.js").read_text("utf-8")
    texts |= {f"script.{key}" for key in re.findall(r'"([\w.-]+)"', script)}
    starts = re.findall(r"`([\w.-]+[.-])\$\{[^}]*\}`", script)
    patterns += [rf"script\.{re.escape(start)}[\w-]+" for start in starts]
    return texts, re.compile("|".join(each for each in patterns if re.match(r"\w+\\\.", each) or r"script\." in each))


def test_every_key_is_asked_for_somewhere():
    texts, pattern = named()
    assert [key for key in catalogue() if key not in texts and not pattern.fullmatch(key)] == []


def test_every_key_that_python_asks_for_exists_with_its_placeholders():
    texts = catalogue()
    asked = list(calls())
    assert len(asked) > 200
    for key, given in asked:
        assert key in texts, key
        wanted = {name for _, name, _, _ in Formatter().parse(texts[key]) if name is not None}
        assert given is None or not given or wanted <= given, key
        assert given is None or given or not wanted, key
