"""Colours come from the tokens alone and can be read; the font has every figure as wide as the next."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import salon_desk.ui
from salon_desk.ui.theme import active
from salon_desk.ui.theme.contrast import contrast, required, too_faint
from salon_desk.ui.theme.fonts import family, font
from salon_desk.ui.theme.icons import Icon, qicon
from salon_desk.ui.theme.stylesheet import stylesheet
from salon_desk.ui.theme.tokens import LIGHT, PALETTES, SUNLIGHT, Palette, Size, ThemeName, Type
from salon_desk.ui.widgets.pinyin_candidates import NAME_CHARACTERS, SURNAMES

_UI = Path(salon_desk.ui.__file__).parent


@pytest.mark.parametrize("palette", PALETTES.values(), ids=str)
def test_every_pair_in_use_disabled_included_can_be_read(palette: Palette) -> None:
    assert too_faint(palette) == []


def test_sunlight_asks_for_more_contrast_than_the_other_themes() -> None:
    assert required(ThemeName.SUNLIGHT) == 7.0
    assert required(ThemeName.LIGHT) == required(ThemeName.DARK) == 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)
    assert contrast(LIGHT.ink, LIGHT.ink) == 1.0


def test_the_light_theme_is_the_one_that_was_drawn() -> None:
    drawn = "F4F1EC FFFFFF EBE6DE DDD6CB B9B0A2 1E2430 565C6A 155E59 16302E"
    names = ("ground", "surface", "sunk", "line", "edge", "ink", "muted", "brand", "rail")
    assert [getattr(LIGHT, name) for name in names] == [f"#{colour}" for colour in drawn.split()]
    hues = ["9C3558", "8F4209", "5B3F94", "244F7A", "9E1C13", "1F6640"]
    softs = ["F8E4EA", "FBEBD3", "ECE5F7", "E1ECF6", "FBE4E1", "DFF1E5"]
    for name, hue, soft in zip(
        ["rose", "amber", "violet", "blue", "danger", "good"], hues, softs, strict=True
    ):
        assert getattr(LIGHT, name) == f"#{hue}"
        assert getattr(LIGHT, f"{name}_soft") == f"#{soft}"


def test_no_colour_is_written_outside_the_tokens() -> None:
    written = [
        f"{path.name}: {found}"
        for path in _UI.rglob("*.py")
        if path.name != "tokens.py"
        for found in re.findall(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b", path.read_text("utf-8"))
    ]
    assert written == []


def test_the_stylesheet_uses_only_colours_of_its_palette() -> None:
    for palette in PALETTES.values():
        known = {getattr(palette, field.name) for field in fields(palette)}
        assert set(re.findall(r"#[0-9A-Fa-f]{6}", stylesheet(palette))) <= known


def test_changing_the_theme_repaints_what_is_there(qtbot: QtBot, light_again: None) -> None:
    label = QLabel("words")
    qtbot.addWidget(label)
    label.show()
    active.use(ThemeName.SUNLIGHT)
    assert active.palette() is SUNLIGHT
    label.ensurePolished()
    assert label.palette().windowText().color().name().upper() == SUNLIGHT.ink


def test_the_bundled_family_is_found(qapp: QApplication) -> None:
    assert family() == "Noto Sans SC"


@pytest.mark.parametrize("size", [Type.LEAST, Type.BODY, Type.NAME, Type.FIGURE, Type.DUE])
@pytest.mark.parametrize("bold", [False, True])
def test_all_figures_have_one_width_so_that_prices_stand_in_a_column(
    qapp: QApplication, size: int, bold: bool
) -> None:
    metrics = QFontMetrics(font(size, bold=bold))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_the_font_has_every_character_of_names(qapp: QApplication) -> None:
    raw = QRawFont.fromFont(font())
    assert [c for c in SURNAMES + NAME_CHARACTERS if not raw.supportsCharacter(ord(c))] == []


def test_nothing_is_set_smaller_than_13_and_nothing_tapped_is_smaller_than_48() -> None:
    assert Type.LEAST == 13
    assert (Size.TOUCH, Size.TOUCH_PAY) == (48, 52)
    assert Size.GAP >= 8


@pytest.mark.parametrize("icon", list(Icon))
def test_every_icon_is_drawn(qapp: QApplication, icon: Icon) -> None:
    image = qicon(icon, LIGHT.ink).pixmap(24, 24).toImage()
    painted = sum(image.pixelColor(x, y).alpha() > 0 for x in range(24) for y in range(24))
    assert painted > 20
