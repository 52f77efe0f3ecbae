"""Full-width characters of Chinese input methods, as keys of the keyboard."""

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
    """Return the key that a full-width character stands for. Any other character as it is."""
    return CHARACTERS.get(character, character)
