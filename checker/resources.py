"""Where the project's data files are: the rules, their cases and the report templates.

They lie beside the package in a checkout and inside it in a wheel; nothing else in the program knows that.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _folder(name: str, in_checkout: str = "") -> Path:
    installed = _PACKAGE / "data" / name
    if installed.is_dir():
        return installed
    checkout = _PACKAGE.parent / (in_checkout or name)
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(f"gouji: data folder {name!r} is neither in {installed.parent} nor in {checkout.parent}")


def rules_folder() -> Path:
    """Return the folder that holds forms, layouts, packs and reference lists."""
    return _folder("rules")


def reports_folder() -> Path:
    """Return the folder that holds templates, styles and message catalogues."""
    return _folder("reports")


def cases_folder() -> Path:
    """Return the folder that holds the cases of the project's rules, and the sketched filings they begin with."""
    return _folder("cases", "tests/rules")
