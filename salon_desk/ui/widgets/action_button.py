"""Buttons that do something: one filled primary a screen, outlined secondaries, red for what destroys.

No tile lives here. A secondary button has an outline so that it does not look disabled; a disabled
one is sunk and dashed, still readable. The words shrink or wrap and are never cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from salon_desk.ui.theme import paint
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Palette, Size, Tone, Type
from salon_desk.ui.widgets.painted_button import PaintedButton

_ICON = 22


class Kind(StrEnum):
    """What a button is for."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    SECONDARY_DANGER = "secondary_danger"
    AMBER = "amber"
    SECONDARY_AMBER = "secondary_amber"
    PLAIN = "plain"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Skin:
    """How a button is filled, written and outlined."""

    fill: str
    ink: str
    outline: str | None = None
    dashed: bool = False


class ActionButton(PaintedButton):
    """A button with words, an icon, or both. `height`: `Size.TOUCH`, `TOUCH_PAY` or `TOUCH_BIG`."""

    def __init__(
        self,
        text: str = "",
        kind: Kind = Kind.PRIMARY,
        *,
        icon: Icon | None = None,
        height: int = Size.TOUCH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, height=height)
        self._kind = kind
        self._icon = icon
        self._size = Type.TITLE if height >= Size.TOUCH_BIG else Type.BODY
        self.set_text(text)

    def set_text(self, text: str, spoken: str = "") -> None:
        """Set the words; `spoken` is the name for a screen reader where there is only an icon."""
        self.setText(text)
        self.say(spoken or text)
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Change what it is for."""
        self._kind = kind
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = paint.text_width(self.text(), self._size, bold=True)
        drawn = _ICON + (Size.GAP if words else 0) if self._icon else 0
        margins = 2 * (Size.PAD if words else 13)
        return QSize(max(words + drawn + margins, self.minimumWidth()), self.minimumHeight())

    @override
    def minimumSizeHint(self) -> QSize:
        longest = max(self.text().split() or [""], key=len)
        words = paint.text_width(longest[:12], Type.LEAST, bold=True)
        return QSize(max(words + Size.PAD, self.minimumWidth()), self.minimumHeight())

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        skin = self._skin(colours)
        radius = Size.RADIUS_LARGE if self.height() >= Size.TOUCH_BIG else Size.RADIUS
        paint.card(painter, rect, skin.fill, outline=skin.outline, radius=radius, dashed=skin.dashed)
        inner = rect.adjusted(Size.GAP, 2, -Size.GAP, -2)
        if self._icon is None:
            paint.text(painter, inner, self.text(), skin.ink, size=self._size, bold=True, align=paint.CENTRE)
            return
        words = paint.text_width(self.text(), self._size, bold=True)
        gap = Size.GAP if words else 0
        left = max(inner.left(), inner.center().x() - (_ICON + gap + words) / 2)
        paint_icon(painter, self._icon, QRectF(left, rect.center().y() - _ICON / 2, _ICON, _ICON), skin.ink)
        if words:
            inner.setLeft(left + _ICON + gap)
            paint.text(painter, inner, self.text(), skin.ink, size=self._size, bold=True)

    def _skin(self, p: Palette) -> Skin:
        if not self.isEnabled():
            return Skin(p.sunk, p.disabled, p.edge, dashed=True)
        down = self.isDown()
        match self._kind:
            case Kind.PRIMARY:
                return Skin(p.brand_pressed if down else p.brand, p.on_fill)
            case Kind.SECONDARY:
                return _outlined(p, Tone.BRAND, down, self.chosen)
            case Kind.DANGER:
                return _filled(p, Tone.DANGER, down)
            case Kind.SECONDARY_DANGER:
                return _outlined(p, Tone.DANGER, down, self.chosen)
            case Kind.AMBER:
                return _filled(p, Tone.AMBER, down)
            case Kind.SECONDARY_AMBER:
                return _outlined(p, Tone.AMBER, down, self.chosen)
            case Kind.PLAIN:
                ground = p.brand_soft if self.chosen else p.sunk if down else p.surface
                return Skin(ground, p.ink, p.brand if self.chosen else p.edge)
            case Kind.QUIET:
                return Skin(p.brand_soft if down else p.sunk, p.ink)
            case _:
                assert_never(self._kind)


def _filled(p: Palette, tone: Tone, down: bool) -> Skin:
    if down:
        return Skin(p.soft(tone), p.strong(tone), p.strong(tone))
    return Skin(p.strong(tone), p.on_fill)


def _outlined(p: Palette, tone: Tone, down: bool, chosen: bool) -> Skin:
    if chosen:
        return Skin(p.strong(tone), p.on_fill)
    return Skin(p.soft(tone) if down else p.surface, p.strong(tone), p.strong(tone))


def primary(text: str = "", *, height: int = Size.TOUCH, icon: Icon | None = None) -> ActionButton:
    """The one thing to do next."""
    return ActionButton(text, Kind.PRIMARY, icon=icon, height=height)


def secondary(text: str = "", *, height: int = Size.TOUCH, icon: Icon | None = None) -> ActionButton:
    """Another thing to do, outlined."""
    return ActionButton(text, Kind.SECONDARY, icon=icon, height=height)


def plain(text: str = "", *, height: int = Size.TOUCH, icon: Icon | None = None) -> ActionButton:
    """A quiet choice in the ink's colour."""
    return ActionButton(text, Kind.PLAIN, icon=icon, height=height)


def danger(text: str = "", *, height: int = Size.TOUCH, icon: Icon | None = None) -> ActionButton:
    """What destroys or gives money away; it asks once before it does."""
    return ActionButton(text, Kind.DANGER, icon=icon, height=height)
