"""Rules folders as those who write rules name them: added to the project's own, or another version of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checker.cli.words import give_up, say

if TYPE_CHECKING:
    from checker.auditing import Auditor

BUILT_IN = "-"
"""Stands for the project's own rules."""


def load_version(folders: list[Path]) -> Auditor:
    """Load rules folders, or end with every complaint about them.

    A folder that has rules of the project's own is another version of it, and is loaded in its place; one that has
    none of them is added to it.
    """
    from checker.cli.audit import complain
    from checker.yaml_source import SourceError

    folders = [folder for folder in folders if str(folder) != BUILT_IN]
    for folder in folders:
        if not folder.is_dir():
            give_up(say("cli.no_path", path=folder))
    try:
        return _load(folders)
    except SourceError as error:
        complain(error)


def _load(folders: list[Path]) -> Auditor:
    from checker.auditing import Auditor
    from checker.resources import rules_folder
    from checker.ruleset.load import rule_ids

    own = rule_ids(rules_folder())
    return Auditor.load(folders, alone=any(own & rule_ids(folder) for folder in folders))
