"""Reasons that give none: what may not stand where somebody answers for a difference."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LEAST: Final = 6
"""Characters that must remain of a reason without its filler; a Latin word counts as two."""
_FILLER: Final = re.compile(
    r"情况属实|同意豁免|申请豁免|予以豁免|领导同意|领导要求|领导批示|按要求|无需修改|不需要?修改|不用改|暂不处理|不予处理|以后再改"
    r"|下次再改|误报|豁免|同意|确认|核实|属实|正常|没有?问题|无问题|忽略|跳过|见附件|如题|同上|原因|理由|说明|暂无|暂时|已经?|均|都|是|无|没有|可以|通过|测试"
    r"|\b(?:n/?a|ok|okay|yes|no|none|todo|tbd|fixme|test|wip|waived?|ignored?|skip(?:ped)?|false (?:positive|alarm)"
    r"|approved|accepted|fine|reason|not an? (?:issue|problem|error)|as above|see above|x+)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_NOBODY: Final = re.compile(r"无|某+|系统|测试|本人|x+|n/?a|none|nobody|tbd|todo|admin|root|test|me|user")


def says_nothing(reason: str, told: str = "") -> bool:
    """Say whether a reason is filler: too short, worn words only, the same signs over and over, or what is `told`.

    `told` is the message of the finding: to repeat what was found does not say why it may stay.
    """
    text = unicodedata.normalize("NFKC", reason)
    rest = _letters(_FILLER.sub(" ", text))
    weight = sum(2 for _ in _WORD.finditer(rest)) + sum(not character.isascii() for character in rest)
    if weight < LEAST or len({*rest.casefold()} - {" "}) < 4:
        return True
    plain = _letters(text).replace(" ", "")
    return bool(told) and plain in _letters(unicodedata.normalize("NFKC", told)).replace(" ", "")


def is_nobody(approver: str) -> bool:
    """Say whether what stands for the one who approved names nobody."""
    text = unicodedata.normalize("NFKC", approver).strip().casefold()
    return len(text) < 2 or _NOBODY.fullmatch(text) is not None or not any(character.isalpha() for character in text)


def _letters(text: str) -> str:
    return "".join(character if character.isalnum() else " " for character in text)
