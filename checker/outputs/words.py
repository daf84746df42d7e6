"""The words that users read, by key, in Chinese or English; they live in `reports/messages`, not in Python."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final

from checker.resources import reports_folder

LANGUAGES: Final = ("zh", "en")


class Words:
    """A message catalogue: `words("key", name=value)` returns the text with its placeholders filled."""

    def __init__(self, language: str, catalogue: dict[str, str]) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key.

        Raises:
            KeyError: when the catalogue has no such key, or a placeholder is not filled.
        """
        text = self._catalogue[key]
        return text.format_map(values) if values else text

    def starting_with(self, prefix: str) -> dict[str, str]:
        """Return the texts whose keys begin so, placeholders unfilled, in the order of the catalogue."""
        return {key: text for key, text in self._catalogue.items() if key.startswith(prefix)}


@lru_cache(maxsize=2)
def load_words(language: str) -> Words:
    """Return the catalogue of a language: `zh` or `en`."""
    file = reports_folder() / "messages" / f"{language}.json"
    return Words(language, json.loads(file.read_text(encoding="utf-8")))
