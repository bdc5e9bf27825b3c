"""How a field says what it wants typed with: the on-screen keyboard, a number pad, or nothing.

No keyboard lives here (`on_screen_keyboard`); the window reads the wish when a field gets the focus.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QWidget

_PROPERTY = "keyboard_wish"


class KeyboardWish(StrEnum):
    """What opens when the field gets the focus."""

    TEXT = "text"
    NAME = "name"
    NUMBER = "number"
    ON_BUTTON = "on_button"
    NONE = "none"


def wish_keyboard(field: QWidget, wish: KeyboardWish) -> None:
    """Let `field` be typed into with this; NAME starts with Chinese in a Chinese house."""
    field.setProperty(_PROPERTY, wish.value)


def wished(field: QWidget | None) -> KeyboardWish:
    """What the focused widget wants, NONE for anything that is no field of ours."""
    told = field.property(_PROPERTY) if field is not None else None
    return KeyboardWish(told) if isinstance(told, str) else KeyboardWish.NONE
