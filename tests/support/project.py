"""The project's own vocabulary, rules and cases, each read once and without a cache."""

from __future__ import annotations

from functools import lru_cache

from checker.forms.load import read_vocabulary, vocabulary_files
from checker.forms.vocabulary import Vocabulary
from checker.resources import cases_folder, rules_folder
from checker.ruleset.load import compile_rules, pack_files
from checker.ruleset.rules import Rule
from checker.trials.cases import Case, Sketches, read_cases


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the project's own vocabulary."""
    return read_vocabulary(vocabulary_files([rules_folder()]))


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Return the project's own rules by id."""
    ruleset = compile_rules(pack_files([rules_folder()]), vocabulary(), "")
    return {rule.info.id: rule for rule in ruleset.rules}


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """Return every case of every file under `tests/rules`."""
    return read_cases([cases_folder()], vocabulary())


@lru_cache(maxsize=1)
def sketches() -> Sketches:
    """Return the filings that the cases begin with."""
    return Sketches([cases_folder()], vocabulary())
