"""Keys typed while a Chinese input method is on: full-width characters that stand for those of the keyboard."""

from __future__ import annotations

FIRST, LAST, SHIFT = 0xFF01, 0xFF5E, 0xFEE0
"""The full-width forms of ASCII, and how far they are from it."""
PUNCTUATION = {
    "、": "/",  # what the key / gives
    "。": ".",
    "《": "<",
    "》": ">",
    "〈": "<",
    "〉": ">",
    "【": "[",
    "】": "]",
    "「": "[",
    "」": "]",
    "『": "{",
    "』": "}",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "￥": "$",
    "…": "^",  # sent twice
    "—": "_",  # sent twice
    "·": "`",
    "\u3000": " ",
}
"""What input methods send for the punctuation keys, where it is no full-width form of the same character."""
CHARACTERS = {**{chr(code): chr(code - SHIFT) for code in range(FIRST, LAST + 1)}, **PUNCTUATION}


def plain_key(character: str) -> str:
    """The character of the keyboard that a full-width one stands for; any other as it is."""
    return CHARACTERS.get(character, character)
