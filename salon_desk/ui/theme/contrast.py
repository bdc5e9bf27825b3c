"""The contrast of the colour pairs that screens use (WCAG 2.2 relative luminance).

No colour lives here. Whoever paints text upon a ground that is not in `TEXT_PAIRS` adds the pair,
and the test then holds every theme to it.
"""

from __future__ import annotations

from typing import Final

from salon_desk.ui.theme.tokens import Palette, ThemeName, Tone

LEAST: Final = 4.5
LEAST_IN_SUNLIGHT: Final = 7.0

_GROUNDS: Final = ("ground", "surface", "raised", "sunk")
_TONES: Final = tuple(tone.value for tone in Tone if tone is not Tone.PLAIN)
_SOFTS: Final = tuple(f"{tone}_soft" for tone in _TONES)

TEXT_PAIRS: Final[tuple[tuple[str, str], ...]] = (
    *((ink, ground) for ink in ("ink", "muted", "disabled", *_TONES) for ground in _GROUNDS),
    *((ink, soft) for ink in ("ink", "muted", "disabled") for soft in _SOFTS),
    *((tone, f"{tone}_soft") for tone in _TONES),
    *(("on_fill", tone) for tone in _TONES),
    ("on_fill", "brand_pressed"),
    ("brand", "brand_soft"),
    ("on_rail", "rail"),
    ("on_rail", "rail_pressed"),
    ("on_rail_chosen", "rail_chosen"),
)


def luminance(colour: str) -> float:
    """The relative luminance of "#RRGGBB", 0 for black to 1 for white."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def required(theme: ThemeName) -> float:
    """The least contrast text may have in a theme (UI.md: 4.5, in sunlight 7)."""
    return LEAST_IN_SUNLIGHT if theme is ThemeName.SUNLIGHT else LEAST


def too_faint(palette: Palette) -> list[str]:
    """The pairs in use that a palette paints below what its theme requires, in words for a test."""
    found = []
    for text, ground in TEXT_PAIRS:
        ratio = contrast(getattr(palette, text), getattr(palette, ground))
        if ratio < required(palette.name):
            found.append(f"{palette.name}: {text} on {ground} is {ratio:.2f}")
    return found
