"""The verdict on a filing."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

RETURN_AT: Final = 10
"""So many errors that the filing should go back to its maker as a whole."""


class Conclusion(StrEnum):
    """The verdict on a filing, in the words a reviewer signs."""

    CLEAN = "未发现问题"
    REVISE = "建议修改后公开"
    RETURN = "建议退回"
    INCOMPLETE = "核验不完整"


def conclude(errors: int, warnings: int, complete: bool) -> Conclusion:
    """Return the verdict: what was found, and else whether enough was read to say that nothing was."""
    if errors:
        return Conclusion.RETURN if errors >= RETURN_AT else Conclusion.REVISE
    if not complete:
        return Conclusion.INCOMPLETE
    return Conclusion.REVISE if warnings else Conclusion.CLEAN
