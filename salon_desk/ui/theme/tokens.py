"""The colours, sizes and type scale of every screen, as plain values.

No Qt lives here, so presenters may name a `Tone`. The light theme is UI.md's; dark and sunlight
answer to the same names. A colour that is not in a `Palette` is not used anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Tone(StrEnum):
    """What a colour says. Colour is never the only sign: a word or a mark goes with it."""

    PLAIN = "plain"
    BRAND = "brand"
    ROSE = "rose"
    AMBER = "amber"
    VIOLET = "violet"
    BLUE = "blue"
    DANGER = "danger"
    GOOD = "good"


class ThemeName(StrEnum):
    """The themes a till can be set to."""

    LIGHT = "light"
    DARK = "dark"
    SUNLIGHT = "sunlight"


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours, each "#RRGGBB". `on_x` is text upon a fill of x; `x_soft` is x's ground."""

    name: ThemeName
    ground: str
    surface: str
    sunk: str
    raised: str
    line: str
    edge: str
    ink: str
    muted: str
    disabled: str
    brand: str
    brand_pressed: str
    on_fill: str
    rail: str
    rail_pressed: str
    on_rail: str
    rail_chosen: str
    on_rail_chosen: str
    scrim: str
    rose: str
    amber: str
    violet: str
    blue: str
    danger: str
    good: str
    brand_soft: str
    rose_soft: str
    amber_soft: str
    violet_soft: str
    blue_soft: str
    danger_soft: str
    good_soft: str

    def strong(self, tone: Tone) -> str:
        """The full colour of a tone: text on its soft ground, a bar, or a fill under `on_fill`."""
        return self.ink if tone is Tone.PLAIN else str(getattr(self, tone.value))

    def soft(self, tone: Tone) -> str:
        """The quiet ground of a tone."""
        return self.sunk if tone is Tone.PLAIN else str(getattr(self, f"{tone.value}_soft"))


LIGHT: Final = Palette(
    name=ThemeName.LIGHT,
    ground="#F4F1EC",
    surface="#FFFFFF",
    sunk="#EBE6DE",
    raised="#FBFAF7",
    line="#DDD6CB",
    edge="#B9B0A2",
    ink="#1E2430",
    muted="#565C6A",
    disabled="#565C6A",
    brand="#155E59",
    brand_pressed="#0E4541",
    on_fill="#FFFFFF",
    rail="#16302E",
    rail_pressed="#244744",
    on_rail="#CFDAD8",
    rail_chosen="#FFFFFF",
    on_rail_chosen="#155E59",
    scrim="#16302E",
    rose="#9C3558",
    amber="#8F4209",
    violet="#5B3F94",
    blue="#244F7A",
    danger="#9E1C13",
    good="#1F6640",
    brand_soft="#DCEDEA",
    rose_soft="#F8E4EA",
    amber_soft="#FBEBD3",
    violet_soft="#ECE5F7",
    blue_soft="#E1ECF6",
    danger_soft="#FBE4E1",
    good_soft="#DFF1E5",
)

DARK: Final = Palette(
    name=ThemeName.DARK,
    ground="#14181C",
    surface="#1E2429",
    sunk="#2B3239",
    raised="#232A30",
    line="#3A434B",
    edge="#66717C",
    ink="#F1EEE8",
    muted="#B6BBC3",
    disabled="#B6BBC3",
    brand="#62C6BB",
    brand_pressed="#8BDAD1",
    on_fill="#101518",
    rail="#0D1918",
    rail_pressed="#1F3634",
    on_rail="#C3CFCD",
    rail_chosen="#2B3239",
    on_rail_chosen="#62C6BB",
    scrim="#000000",
    rose="#F2A3BB",
    amber="#F2B872",
    violet="#C3ABF2",
    blue="#94C0EA",
    danger="#FF9F95",
    good="#83D6A4",
    brand_soft="#1B3A38",
    rose_soft="#43242F",
    amber_soft="#402F16",
    violet_soft="#322A4B",
    blue_soft="#1F3449",
    danger_soft="#48221E",
    good_soft="#1D3B28",
)

SUNLIGHT: Final = Palette(
    name=ThemeName.SUNLIGHT,
    ground="#FFFFFF",
    surface="#FFFFFF",
    sunk="#EBE6DE",
    raised="#FFFFFF",
    line="#8C8577",
    edge="#565043",
    ink="#000000",
    muted="#33373F",
    disabled="#33373F",
    brand="#0A403C",
    brand_pressed="#052A27",
    on_fill="#FFFFFF",
    rail="#081A19",
    rail_pressed="#1D3A38",
    on_rail="#F2F6F5",
    rail_chosen="#FFFFFF",
    on_rail_chosen="#0A403C",
    scrim="#000000",
    rose="#6E1D3A",
    amber="#5E2A03",
    violet="#3E2673",
    blue="#123556",
    danger="#76100A",
    good="#0D4426",
    brand_soft="#DCEDEA",
    rose_soft="#F8E4EA",
    amber_soft="#FBEBD3",
    violet_soft="#ECE5F7",
    blue_soft="#E1ECF6",
    danger_soft="#FBE4E1",
    good_soft="#DFF1E5",
)

PALETTES: Final[dict[ThemeName, Palette]] = {p.name: p for p in (LIGHT, DARK, SUNLIGHT)}


class Size:
    """Lengths in device-independent pixels. A finger, often wet, is the measure."""

    TOUCH: Final = 48
    TOUCH_PAY: Final = 52
    TOUCH_BIG: Final = 64
    GAP: Final = 8
    PAD: Final = 16
    RAIL: Final = 96
    TOP_BAR: Final = 56
    RADIUS_SMALL: Final = 8
    RADIUS: Final = 12
    RADIUS_LARGE: Final = 16
    OUTLINE: Final = 1
    OUTLINE_CHOSEN: Final = 2
    HUE_BAR: Final = 5


class Type:
    """The type scale in pixels; the family has one drawn weight, bold (700) is made from it."""

    LEAST: Final = 13
    BODY: Final = 15
    NAME: Final = 17
    TITLE: Final = 20
    FIGURE: Final = 27
    PAD: Final = 26
    DUE: Final = 54
