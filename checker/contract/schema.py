"""The contract as a JSON Schema, for those who write other programs."""

from __future__ import annotations

import msgspec

from checker.contract.shape import SCHEMA, AuditJson


def json_schema() -> bytes:
    """Return the JSON Schema of the audit, as published in `reports/schema`."""
    schema = msgspec.json.schema(AuditJson)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = SCHEMA
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n"
