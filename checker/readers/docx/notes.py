"""What hangs on the words of a document and is not read: hidden text, objects, charts, pictures."""

from __future__ import annotations

from checker.model.document import Skipped
from checker.model.place import Place
from checker.readers.docx.words import Words

_LARGE = 150.0
"""Square centimetres from which on a picture may hold a table or a page of text: a quarter of an A4 page."""


class Notes:
    """Collects what a document holds beside its words, to say it once the whole is read."""

    def __init__(self) -> None:
        self._skipped: list[Skipped] = []
        self._hidden: list[Place] = []
        self._pictures: list[tuple[Place, float]] = []

    def skip(self, place: Place, reason: str, lines: int = 0, foreign: bool = False) -> None:
        """Note a part that was not read; `foreign` when nothing of it is the filing's own."""
        self._skipped.append(Skipped(place, reason, lines=lines, foreign=foreign))

    def take(self, words: Words, place: Place) -> None:
        """Note what hangs on a paragraph."""
        if words.hidden:
            self._hidden.append(place)
        if words.objects:
            self.skip(place, "嵌入的对象（如 Excel 表格），未核验")
        if words.charts:
            self.skip(place, "图表，未核验", foreign=True)
        self._pictures.extend((place, size) for size in words.pictures)

    def all(self, empty: bool) -> tuple[Skipped, ...]:
        """Return what was skipped; every picture of a document that is otherwise `empty`, else the large ones."""
        skipped = list(self._skipped)
        if self._hidden:
            reason = f"隐藏文字 {len(self._hidden)} 处，打印时看不到，未核验"
            skipped.append(Skipped(self._hidden[0], reason, foreign=True))
        for place, size in self._pictures:
            if empty:
                skipped.append(Skipped(place, "图片，未核验"))
            elif size >= _LARGE:
                skipped.append(Skipped(place, f"图片（{size:.0f} 平方厘米），其中的内容未核验"))
        return tuple(skipped)
