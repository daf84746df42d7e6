"""`gouji cache`: where readings and results of earlier runs are kept, how large they are, and to be rid of them."""

from __future__ import annotations

from collections import Counter

import typer

from checker import cache
from checker.cli.words import LangOption, say

KINDS = ("results", "readings", "forms", "rules", "drafts")


def info(lang: LangOption = "zh") -> None:
    """Say where the cache is, and how much of what is in it."""
    folder = cache.cache_folder()
    if folder is None:
        typer.echo(say("cli.cache.off"))
        return
    counts, sizes = Counter[str](), Counter[str]()
    for entry in cache.entries():
        counts[entry.kind] += 1
        sizes[entry.kind] += entry.size
    typer.echo(say("cli.cache.folder", path=folder))
    for kind in (*KINDS, *sorted(set(counts) - set(KINDS))):
        if counts[kind]:
            name = say(f"cli.cache.{kind}") if kind in KINDS else kind
            typer.echo(say("cli.cache.kind", kind=name, count=counts[kind], size=_size(sizes[kind])))
    total, most = _size(sizes.total()), _size(cache.limit())
    typer.echo(say("cli.cache.total", count=counts.total(), size=total, most=most))


def clear(lang: LangOption = "zh") -> None:
    """Remove everything that is kept; other files in the folder stay."""
    folder = cache.cache_folder()
    if folder is None:
        typer.echo(say("cli.cache.off"))
        return
    count, size = cache.remove(list(cache.entries()))
    typer.echo(say("cli.cache.removed", count=count, size=_size(size), path=folder))


def _size(count: int) -> str:
    """Return a number of bytes as people read it."""
    if count < 1024:
        return f"{count} B"
    tenths = count * 10 // 1024
    for unit in ("KB", "MB"):
        if tenths < 10240:
            return f"{tenths // 10}.{tenths % 10} {unit}"
        tenths //= 1024
    return f"{tenths // 10}.{tenths % 10} GB"
