"""The journey of a filing in one page: read → recognise → judge."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from checker import __version__
from checker.engine import judge
from checker.forms.load import load_vocabulary
from checker.forms.vocabulary import Vocabulary
from checker.model.audit import Audit, FilingAudit, Run, Unreadable
from checker.model.document import Document
from checker.model.filing import Filing, SourceFile
from checker.readers import Limits
from checker.readers import Unreadable as CannotRead
from checker.readers.limits import legible
from checker.readers.parts import Grouping, filing_name, find_filings
from checker.readers.together import part_names, read_together
from checker.recognition import NotRecognised, recognise
from checker.resources import rules_folder
from checker.ruleset.load import load_rules
from checker.ruleset.rules import RuleSet

StrPath = str | os.PathLike[str]
Result = FilingAudit | Unreadable
Reader = Callable[[Sequence[Path], Limits], Document]
"""What makes a document of the files of a filing."""


class Auditor(msgspec.Struct, frozen=True):
    """Rules and vocabulary, loaded once and applied to any number of files."""

    vocabulary: Vocabulary
    ruleset: RuleSet
    layout: str | None = None
    limits: Limits = Limits()
    reader: Reader = read_together

    @classmethod
    def load(
        cls,
        rules: Iterable[StrPath] = (),
        layout: str | None = None,
        limits: Limits | None = None,
        alone: bool = False,
    ) -> Auditor:
        """Load the project's rules and those of further folders, which add to and override them, or those `alone`.

        Raises:
            SourceError: when a rules folder does not say what it must.
            LookupError: when there is no layout of that name.
        """
        folders = [*([] if alone else [rules_folder()]), *map(Path, rules)]
        vocabulary = load_vocabulary(folders, __version__)
        if layout is not None and layout not in vocabulary.layouts:
            raise LookupError(f"没有版式“{layout}”，可用的有 {'、'.join(sorted(vocabulary.layouts))}")
        return cls(vocabulary, load_rules(folders, vocabulary, __version__), layout, limits or Limits())

    def read(self, *paths: StrPath) -> Filing:
        """Read and recognise one file, or the files that are one filing.

        Raises:
            readers.Unreadable: when it cannot be read.
            NotRecognised: when no table was found in it.
        """
        files = tuple(Path(path) for path in paths)
        filing = recognise(self.reader(files, self.limits), self.vocabulary, self.layout)
        parts = part_names(files) if len(files) > 1 else [""]
        sources = tuple(SourceFile(legible(path), part) for path, part in zip(files, parts, strict=True))
        return msgspec.structs.replace(filing, files=sources)

    def audit_file(self, *paths: StrPath) -> Result:
        """Audit one filing, in one file or several; what cannot be read comes back as `Unreadable`, with its reason.

        So does a file over which the program itself fails: it is told as the bug it is, and the rest of a run goes on.
        """
        files = [Path(path) for path in paths]
        try:
            return judge(self.read(*files), self.ruleset)
        except CannotRead as error:
            return Unreadable(filing_name(files), error.reason, sha256_of(files), error.place)
        except NotRecognised as error:
            return Unreadable(filing_name(files), str(error), sha256_of(files))
        except Exception as error:
            reason = f"程序出错，请报告：{type(error).__name__}: {error}"
            return Unreadable(filing_name(files), reason, sha256_of(files), bug=True)

    def run(
        self,
        paths: Iterable[StrPath],
        started: str = "",
        progress: Callable[[int, int, Path], None] | None = None,
        grouping: Grouping = Grouping.BY_NAME,
    ) -> Audit:
        """Audit files and folders, in the order of `find_filings`.

        `progress` is called before each filing with its number, the number of filings, and its first file.
        """
        filings: list[FilingAudit] = []
        unreadable: list[Unreadable] = []
        found = find_filings([Path(path) for path in paths], grouping)
        for number, files in enumerate(found, start=1):
            if progress:
                progress(number, len(found), files[0])
            for result in self.audit_group(files, grouping):
                if isinstance(result, Unreadable):
                    unreadable.append(result)
                else:
                    filings.append(result)
        run = Run(__version__, f"sha256:{self.ruleset.digest}", started, self.ruleset.packs)
        return Audit(run, tuple(filings), tuple(unreadable))

    def audit_group(self, files: Sequence[Path], grouping: Grouping) -> list[Result]:
        """Audit files as one filing; each alone when only their names say so and they print the same tables.

        A budget and its annexes printed once more are then audited each for itself, instead of neither.
        """
        result = self.audit_file(*files)
        if len(files) > 1 and grouping is Grouping.BY_NAME and isinstance(result, FilingAudit):
            forms = self.vocabulary.forms
            places = {(table.form, table.place.part) for table in result.filing.tables if not forms[table.form].repeats}
            if len(places) > len({form for form, _ in places}):
                return [self.audit_file(path) for path in files]
        return [result]


def audit_versions(
    versions: Sequence[Auditor], paths: Iterable[StrPath], grouping: Grouping = Grouping.BY_NAME
) -> Iterator[tuple[list[Result], ...]]:
    """Audit each filing with several versions of the rules, and yield what each version made of it.

    Files are read once for all versions.
    """
    reader = lru_cache(maxsize=8)(read_together)
    versions = [msgspec.structs.replace(version, reader=reader) for version in versions]
    for files in find_filings([Path(path) for path in paths], grouping):
        reader.cache_clear()
        yield tuple(version.audit_group(files, grouping) for version in versions)


def sha256_of(files: Sequence[Path]) -> str:
    """Return the hash of a file, or that over the hashes of several; nothing when one cannot be opened."""
    try:
        hashes = [_digest(path) for path in files]
    except OSError:
        return ""
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def audit(*paths: StrPath, rules: Iterable[StrPath] = (), layout: str | None = None) -> Audit:
    """Audit files and folders with the project's rules: the library user's way in."""
    return Auditor.load(rules, layout).run(paths)


def read_filing(*paths: StrPath, layout: str | None = None) -> Filing:
    """Read one filing, in one file or several.

    It has tables (`Filing.table(form).frame()`), passages, and what was not understood.
    """
    return Auditor.load((), layout).read(*paths)
