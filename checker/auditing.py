"""The journey of a filing in one page: read → recognise → judge."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from checker import __version__
from checker.engine import judge
from checker.forms.load import load_vocabulary
from checker.forms.vocabulary import Vocabulary
from checker.model.audit import Audit, FilingAudit, Run, Unreadable
from checker.model.filing import Filing
from checker.readers import Limits, find_documents, read_document
from checker.readers import Unreadable as CannotRead
from checker.recognition import NotRecognised, recognise
from checker.resources import rules_folder
from checker.ruleset.load import load_rules
from checker.ruleset.rules import RuleSet

StrPath = str | os.PathLike[str]


class Auditor(msgspec.Struct, frozen=True):
    """Rules and vocabulary, loaded once and applied to any number of files."""

    vocabulary: Vocabulary
    ruleset: RuleSet
    layout: str | None = None
    limits: Limits = Limits()

    @classmethod
    def load(cls, rules: Iterable[StrPath] = (), layout: str | None = None) -> Auditor:
        """Load the project's rules and those of further folders, which add to and override them.

        Raises:
            SourceError: when a rules folder does not say what it must.
            LookupError: when there is no layout of that name.
        """
        folders = [rules_folder(), *map(Path, rules)]
        vocabulary = load_vocabulary(folders, __version__)
        if layout is not None and layout not in vocabulary.layouts:
            raise LookupError(f"没有版式“{layout}”，可用的有 {'、'.join(sorted(vocabulary.layouts))}")
        return cls(vocabulary, load_rules(folders, vocabulary, __version__), layout)

    def read(self, path: StrPath) -> Filing:
        """Read and recognise one file.

        Raises:
            readers.Unreadable: when it cannot be read.
            NotRecognised: when no table was found in it.
        """
        return recognise(read_document(Path(path), self.limits), self.vocabulary, self.layout)

    def audit_file(self, path: StrPath) -> FilingAudit | Unreadable:
        """Audit one file; what cannot be read comes back as `Unreadable`, with its reason and place.

        So does a file over which the program itself fails: it is told as the bug it is, and the rest of a run goes on.
        """
        try:
            return judge(self.read(path), self.ruleset)
        except CannotRead as error:
            return Unreadable(str(path), error.reason, _sha256(Path(path)), error.place)
        except NotRecognised as error:
            return Unreadable(str(path), str(error), _sha256(Path(path)))
        except Exception as error:
            reason = f"程序出错，请报告：{type(error).__name__}: {error}"
            return Unreadable(str(path), reason, _sha256(Path(path)), bug=True)

    def run(self, paths: Iterable[StrPath], started: str = "", progress: Callable[[Path], None] | None = None) -> Audit:
        """Audit files and folders, in the order of `find_documents`; `progress` is called with each file."""
        filings: list[FilingAudit] = []
        unreadable: list[Unreadable] = []
        for path in find_documents([Path(path) for path in paths]):
            if progress:
                progress(path)
            result = self.audit_file(path)
            if isinstance(result, Unreadable):
                unreadable.append(result)
            else:
                filings.append(result)
        run = Run(__version__, f"sha256:{self.ruleset.digest}", started, self.ruleset.packs)
        return Audit(run, tuple(filings), tuple(unreadable))


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def audit(*paths: StrPath, rules: Iterable[StrPath] = (), layout: str | None = None) -> Audit:
    """Audit files and folders with the project's rules: the library user's way in."""
    return Auditor.load(rules, layout).run(paths)


def read_filing(path: StrPath, layout: str | None = None) -> Filing:
    """Read one filing: its tables (`Filing.table(form).frame()`), passages, and what was not understood."""
    return Auditor.load((), layout).read(path)
