"""The contract → JSON, a record a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from checker.contract.shape import SCHEMA, AuditJson, FilingJson, RunJson


def render(audit: AuditJson) -> bytes:
    """Return the audit as UTF-8 JSON; the same audit gives the same bytes.

    Records stand a line each (a finding, a rule, a row of a table), so that two audits can be compared by lines.
    """
    return b"".join(_pieces(audit))


def render_lines(audit: AuditJson) -> bytes:
    """Return one line of JSON a filing and an unreadable file, each naming schema and run."""
    head = {"schema": SCHEMA, "run": audit.run}
    lines = [_encode(head | {"filing": each}) for each in audit.filings]
    lines += [_encode(head | {"unreadable": each}) for each in audit.unreadable]
    return b"".join(line + b"\n" for line in lines)


def opening(run: RunJson) -> bytes:
    """Return how an audit begins; the filings follow, with commas between them."""
    return b'{"schema":%b,\n"run":%b,\n"filings":[' % (_encode(SCHEMA), _encode(run))


def filing_record(filing: FilingJson) -> bytes:
    """Return a filing as it stands in the list."""
    return b"".join(_record(filing, depth=1))


def closing(rest: AuditJson) -> bytes:
    """Return how an audit ends behind its filings: whatever it has beside them."""
    names = AuditJson.__struct_fields__
    told = {name: getattr(rest, name) for name in names[names.index("filings") + 1 :]}
    return b"],\n%b}\n" % b",\n".join(b'"%b":%b' % (name.encode(), _told(value)) for name, value in told.items())


def _told(value: tuple[object, ...] | msgspec.Struct | None) -> bytes:
    """Return a list a record a line; so are the lists of a struct."""
    if isinstance(value, tuple):
        return _list(value)
    return _encode(value) if value is None else b"".join(_record(value, depth=1))


def _pieces(audit: AuditJson) -> Iterator[bytes]:
    yield opening(audit.run)
    for number, filing in enumerate(audit.filings):
        yield b",\n" if number else b"\n"
        yield filing_record(filing)
    yield closing(audit)


_NESTED = {"tables": "body", "passages": "paragraphs"}
"""Lists whose members hold a list that is laid out a record a line, too."""


def _record(value: msgspec.Struct, depth: int, nested: str = "") -> Iterator[bytes]:
    """Yield a struct, its lists a record a line as deep as `depth` says; `nested` is the one list to lay out in it."""
    mark = b"{"
    for name in value.__struct_fields__:
        content = getattr(value, name)
        yield mark + b'"%b":' % name.encode()
        mark = b",\n" if depth else b","
        if name in _NESTED and depth:
            members = [b"".join(_record(member, 0, _NESTED[name])) for member in content]
            yield b"[%b]" % b",\n".join(members)
        elif isinstance(content, tuple) and content and isinstance(content[0], msgspec.Struct):
            yield _list(content) if depth or name == nested else _encode(content)
        else:
            yield _encode(content)
    yield b"}"


def _list(records: Iterable[object]) -> bytes:
    return b"[%b]" % b",\n".join(map(_encode, records))


_encode = msgspec.json.Encoder().encode
