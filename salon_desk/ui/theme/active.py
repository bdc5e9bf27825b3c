"""Which palette the screens paint with now.

No colour lives here. Painted widgets ask `palette()` in every paint; `use` sets the application's
stylesheet again, which repaints them all. UI thread only.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from salon_desk.ui.theme.stylesheet import stylesheet
from salon_desk.ui.theme.tokens import LIGHT, PALETTES, Palette, ThemeName

_active: list[Palette] = [LIGHT]


def palette() -> Palette:
    """The palette in use."""
    return _active[0]


def use(name: ThemeName) -> None:
    """Change the theme of the running application; every widget is repainted."""
    _active[0] = PALETTES[name]
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setPalette(_qt_palette(_active[0]))
        application.setStyleSheet(stylesheet(_active[0]))


def _qt_palette(colours: Palette) -> QPalette:
    """What Fusion paints with where the stylesheet says nothing."""
    result = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.ground,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.raised,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.WindowText: colours.ink,
        QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.ButtonText: colours.ink,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Highlight: colours.brand,
        QPalette.ColorRole.HighlightedText: colours.on_fill,
        QPalette.ColorRole.Link: colours.brand,
    }
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    return result
