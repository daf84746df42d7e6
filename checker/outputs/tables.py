"""What was recognised in a filing, cell by cell with its address: as JSON, or as a workbook."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import msgspec

from checker.contract.place import at
from checker.model.filing import Filing
from checker.model.table import Table


def as_json(filing: Filing) -> bytes:
    """Return every table, passage, skipped part and unread number as JSON."""
    content = {
        "schema": "gouji/tables/1",
        "path": filing.path,
        "filer": filing.filer,
        "year": filing.year,
        "level": filing.level,
        "layout": filing.layout.name,
        "layout_reason": filing.layout_reason,
        "tables": [_table(table) for table in filing.tables],
        "passages": [
            {"name": passage.name, "section": passage.section, "heading": passage.heading, "at": at(passage.place),
             "paragraphs": len(passage.paragraphs)}
            for passage in filing.passages
        ],
        "contents": [{"text": entry.text, "at": at(entry.place)} for entry in filing.contents],
        "skipped": [
            {"at": at(part.place), "reason": part.reason, "title": part.title, "lines": part.lines}
            for part in filing.skipped
        ],
        "unread": [
            {"at": at(lost.cell.place), "text": lost.cell.text, "where": lost.where, "reason": lost.reason}
            for lost in filing.unread
        ],
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _table(table: Table) -> dict[str, Any]:
    return {
        "form": table.form,
        "title": table.title,
        "subject": table.subject,
        "unit": table.unit.symbol,
        "at": at(table.place),
        "qualifiers": table.qualifiers,
        "columns": table.columns,
        "lacking": table.lacking,
        "doubts": table.doubts,
        "nil_note": at(table.nil_note) if table.nil_note else None,
        "fields": {name: {"text": cell.text, "at": at(cell.place)} for name, cell in table.fields.items()},
        "rows": [
            {
                "key": row.key,
                "name": row.name,
                "level": row.level,
                "role": row.role,
                "code": row.code,
                "parent": table.rows[row.parent].key if row.parent >= 0 else None,
                "at": at(row.place),
                "cells": {
                    column: {
                        "text": cell.text,
                        "value": str(cell.figure.value) if cell.figure else None,
                        **({"stored": cell.stored} if cell.stored else {}),
                        "at": at(cell.place),
                    }
                    for column, cell in zip(table.columns, row.cells, strict=True)
                    if cell is not None
                },
            }
            for row in table.rows
        ],
        "indicators": [
            {
                "side": indicator.side,
                "first": indicator.first,
                "second": indicator.second,
                "name": indicator.name.text if indicator.name else None,
                "value": indicator.value.text if indicator.value else None,
                "at": at(indicator.name.place) if indicator.name else None,
            }
            for indicator in table.indicators
        ],
    }


def as_workbook(filing: Filing) -> bytes:
    """Return the tables as an .xlsx workbook: one sheet a form, beside every value the place it was printed at.

    Texts that a spreadsheet would take for a formula are written as text.
    """
    import pandas

    buffer = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pandas.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        for form, tables in filing.by_form.items():
            frames = []
            for table in tables:
                values, places = table.frame()
                for column in table.columns:
                    values[f"{column}·位置"] = places[column].map(lambda place: place.words() if place else "")
                values.insert(0, "表", table.label)
                frames.append(values)
            pandas.concat(frames).to_excel(writer, sheet_name=form[:31])
    return buffer.getvalue()
