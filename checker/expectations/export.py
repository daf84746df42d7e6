"""Suites and stacked tables as a project of great-expectations, that anyone who has it can run without this program."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from checker.contract.shape import FilingJson
from checker.expectations.demands import Suite
from checker.expectations.derive import said, suites
from checker.expectations.frames import Stacks
from checker.expectations.quiet import quiet
from checker.expectations.suites import MARK, suite_of
from checker.forms.vocabulary import Vocabulary
from checker.outputs.files import write_whole
from checker.outputs.words import Words

if TYPE_CHECKING:
    import pandas

CONFIGURATION: Final = """\
config_version: 4
data_context_id: {id}
analytics_enabled: false
progress_bars:
  globally: false
plugins_directory:
config_variables_file_path:
stores:
  expectations_store:
    class_name: ExpectationsStore
    store_backend:
      class_name: TupleFilesystemStoreBackend
      base_directory: expectations/
  validation_results_store:
    class_name: ValidationResultsStore
    store_backend:
      class_name: TupleFilesystemStoreBackend
      base_directory: uncommitted/validations/
  checkpoint_store:
    class_name: CheckpointStore
    store_backend:
      class_name: TupleFilesystemStoreBackend
      suppress_store_backend_id: true
      base_directory: checkpoints/
  validation_definition_store:
    class_name: ValidationDefinitionStore
    store_backend:
      class_name: TupleFilesystemStoreBackend
      base_directory: validation_definitions/
expectations_store_name: expectations_store
validation_results_store_name: validation_results_store
checkpoint_store_name: checkpoint_store
data_docs_sites:
  local_site:
    class_name: SiteBuilder
    show_how_to_buttons: false
    store_backend:
      class_name: TupleFilesystemStoreBackend
      base_directory: uncommitted/data_docs/local_site/
    site_index_builder:
      class_name: DefaultSiteIndexBuilder
"""
_UNFIT: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_FORMULA: Final = re.compile(r"[=+@\t\r]|-(?![0-9.]+$)")
_NAMES: Final = uuid.uuid5(uuid.NAMESPACE_URL, "gouji/expectations")


class Exported(NamedTuple):
    """What was written: the names of the suites, how many contracts, how many stacked tables."""

    suites: tuple[str, ...]
    demands: int
    tables: int


def stacked(filings: Iterable[FilingJson], vocabulary: Vocabulary) -> Stacks:
    """Return the stacked tables of filings."""
    stacks = Stacks(suites(vocabulary), vocabulary.forms)
    for filing in filings:
        stacks.add(filing)
    return stacks


def export(folder: Path, picked: Sequence[Suite], stacks: Stacks | None, words: Words, version: str) -> Exported:
    """Write suites, and the tables stacked for them, as a project of great-expectations that says how to run it.

    `version` is that of this program. The same suites and tables give the same bytes.

    Raises:
        OSError: when the folder cannot be written to.
        NotInstalled: when there is no great-expectations.
    """
    project = folder / "gx"
    write_whole(project / "great_expectations.yml", CONFIGURATION.format(id=_NAMES).encode())
    tables = 0
    for suite in picked:
        write_whole(project / "expectations" / f"{file_name(suite.name)}.json", suite_json(suite, words, version))
        if stacks is not None and len(stacks.by_suite[suite.name]):
            frame = stacks.by_suite[suite.name].frame()
            write_whole(folder / "tables" / f"{file_name(suite.name)}.csv", table_csv(frame))
            tables += 1
    write_whole(folder / "README.md", _readme(picked, words, version))
    return Exported(tuple(suite.name for suite in picked), sum(len(suite.demands) for suite in picked), tables)


def file_name(name: str) -> str:
    """Return the name of a suite without what no file name may hold; suites are exported under it."""
    return _UNFIT.sub("_", name).strip(". ") or "_"


def _readme(picked: Sequence[Suite], words: Words, version: str) -> bytes:
    with quiet():
        import great_expectations

    example = file_name(picked[0].name)
    return words("contracts.readme", version=version, gx=great_expectations.__version__, example=example).encode()


def suite_json(suite: Suite, words: Words, version: str) -> bytes:
    """Return a suite as great-expectations stores and reads it, its contracts told in words beside each."""
    with quiet():
        told: dict[str, Any] = dict(suite_of(suite).to_json_dict())
    told["name"] = file_name(suite.name)
    told["id"] = str(uuid.uuid5(_NAMES, suite.name))
    told["meta"] |= {MARK: {"version": version, "suite": suite.name, "dtypes": dtypes(suite)}}
    for position, (each, demand) in enumerate(zip(told["expectations"], suite.demands, strict=True)):
        each["id"] = str(uuid.uuid5(_NAMES, f"{suite.name}#{position}"))
        each["notes"] = said(demand, words)
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


def dtypes(suite: Suite) -> Mapping[str, str]:
    """Return the types that the columns of a stacked table are read back with."""
    return {column.name: "Int64" if column.whole else "str" for column in suite.columns}


def table_csv(frame: pandas.DataFrame) -> bytes:
    """Return a stacked table as UTF-8 CSV; texts that a spreadsheet would run as a formula begin with an apostrophe."""
    safe = frame.copy(deep=False)
    for name in frame.columns:
        if frame[name].dtype == object:
            safe[name] = frame[name].map(_inert)
    content: str = safe.to_csv(index=False, lineterminator="\n")
    return content.encode()


def _inert(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
