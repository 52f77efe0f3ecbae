"""The sequence that asks a terminal to put a text into the clipboard (OSC 52)."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 74_994
"""Characters of the encoded text that terminals take at least; longer texts are cut by some and refused by others."""
PIECE = 240
"""Characters that screen holds of a string that it passes on."""


def sequence(text: str, inside: str = "") -> str:
    """The sequence for a text, "" where it is too long; `inside` names what passes it on: "tmux", "screen" or ""."""
    encoded = base64.b64encode(text.encode()).decode()
    if len(encoded) > MOST:
        return ""
    whole = f"\x1b]52;c;{encoded}\x07"
    if inside == "tmux":  # takes it itself, or passes on what is wrapped: whichever its settings allow
        return whole + "\x1bPtmux;" + whole.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if inside == "screen":
        pieces = (whole[at : at + PIECE] for at in range(0, len(whole), PIECE))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return whole


def passed_on_by(environment: Mapping[str, str]) -> str:
    """What stands between the program and its terminal: "tmux", "screen" or "" for nothing."""
    return "tmux" if "TMUX" in environment else "screen" if "STY" in environment else ""
