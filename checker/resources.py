"""Where the project's data files are: the rules and the report templates.

They lie beside the package in a checkout and inside it in a wheel; nothing else in the program knows that.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / "data" / name
    if installed.is_dir():
        return installed
    checkout = _PACKAGE.parent / name
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(f"gouji: data folder {name!r} is neither in {installed.parent} nor in {checkout.parent}")


def rules_folder() -> Path:
    """Return the folder that holds forms, layouts, packs and reference lists."""
    return _folder("rules")


def reports_folder() -> Path:
    """Return the folder that holds templates, styles and message catalogues."""
    return _folder("reports")
