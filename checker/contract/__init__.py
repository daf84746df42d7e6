"""The audit as others rely on it, `gouji/audit/1`: every report, gate and comparison is made from this alone."""
