"""The colour themes: the terminal's own colours, dark and light.

No colour is the only sign of anything. The names that `yusuan.tcss` uses beside Textual's: `hint` (footer, context),
`bar`, `new`, `gone`, `muted` with `muted-style` (notes, what is less important), `thumb` (of scroll bars).
"""

from __future__ import annotations

import os

from textual.theme import Theme

TERMINAL = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border": "ansi_blue",
        "border-blurred": "ansi_bright_black",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_white",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_white",
        "hint": "ansi_cyan",
        "bar": "ansi_cyan",
        "new": "ansi_green",
        "gone": "ansi_red",
        "muted": "ansi_default",
        "muted-style": "dim",
        "thumb": "ansi_bright_black",
    },
)
"""The terminal's own colours, so that light and dark terminals and 16 colours all serve."""


def _own(name: str, *, dark: bool, background: str, text: str, muted: str, hint: str, new: str, gone: str) -> Theme:
    """A theme with its own background; what is inverse is text on background the other way round."""
    return Theme(
        name=name,
        dark=dark,
        primary=hint,
        secondary=hint,
        warning=hint,
        error=gone,
        success=new,
        accent=hint,
        foreground=text,
        background=background,
        surface=background,
        panel=background,
        boost=background,
        variables={
            "input-cursor-background": text,
            "input-cursor-foreground": background,
            "input-cursor-text-style": "none",
            "input-selection-background": hint,
            "input-selection-foreground": background,
            "hint": hint,
            "bar": hint,
            "new": new,
            "gone": gone,
            "muted": muted,
            "muted-style": "none",
            "thumb": muted,
        },
    )


DARK = _own(
    "dark",
    dark=True,
    background="#101316",
    text="#e6e8ea",
    muted="#a4a9ae",
    hint="#5fc7d9",
    new="#74d083",
    gone="#ff8585",
)
LIGHT = _own(
    "light",
    dark=False,
    background="#fcfcfa",
    text="#15181b",
    muted="#555a5f",
    hint="#0a4a94",
    new="#17652a",
    gone="#a61b1b",
)
THEMES = {theme.name: theme for theme in (TERMINAL, DARK, LIGHT)}


def theme_of(name: str) -> Theme:
    """Return the theme of this name. That of the terminal where the user wants no colours (NO_COLOR)."""
    return TERMINAL if "NO_COLOR" in os.environ else THEMES[name]
