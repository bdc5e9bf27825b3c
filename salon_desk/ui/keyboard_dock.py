"""Docks the on-screen keyboard or the number pad under the field that has the focus.

Which keys there are lives in the widgets. Characters go in as an input method's do, so any field
takes them and a reader's key filter does not see them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QWidget
from typing_extensions import override

from salon_desk.ui.language import Language
from salon_desk.ui.tasks import Tasks
from salon_desk.ui.theme import active
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish, wished
from salon_desk.ui.widgets.number_pad import NumberPad

if TYPE_CHECKING:
    from salon_desk.ui.widgets.on_screen_keyboard import OnScreenKeyboard

_PAD_HEIGHT = 268
_KEYS_HEIGHT = 300
_BAR_HEIGHT = 56


class KeyboardDock(QWidget):
    """Signal: `height_changed(int)`, 0 when nothing is docked. It opens by itself while `automatic`."""

    height_changed = Signal(int)

    def __init__(self, language: Language, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self.automatic = True
        self._around = parent
        self._language, self._tasks = language, tasks
        self._field: QWidget | None = None
        self._keyboard: OnScreenKeyboard | None = None
        self._pad: _PadPanel | None = None
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    @property
    def field(self) -> QWidget | None:
        """The field that is typed into; None when nothing is docked."""
        return self._field

    @property
    def keyboard(self) -> OnScreenKeyboard:
        """The keyboard, made when it is first wanted."""
        if self._keyboard is None:
            from salon_desk.ui.widgets.on_screen_keyboard import OnScreenKeyboard

            self._keyboard = OnScreenKeyboard(self._language, self._tasks)
            self._connect(self._keyboard)
            self._stack.addWidget(self._keyboard)
        return self._keyboard

    @property
    def pad(self) -> NumberPad | None:
        """The number pad, once it was wanted."""
        return self._pad.pad if self._pad is not None else None

    def open_for(self, field: QWidget) -> None:
        """Dock what `field` wishes; a field with a button opens the letters."""
        wish = wished(field)
        if wish is KeyboardWish.NONE:
            return
        self._field = field
        field.installEventFilter(self)
        if wish is KeyboardWish.NUMBER:
            self._stack.setCurrentWidget(self._number_pad())
        else:
            chinese = wish is not KeyboardWish.TEXT and self._language.code != "en"
            self.keyboard.begin(chinese=chinese, name=wish is KeyboardWish.NAME)
            self._stack.setCurrentWidget(self.keyboard)
        self._place()
        self.show()
        self.raise_()
        self.height_changed.emit(self.height())

    def close_dock(self) -> None:
        """Take the keyboard away; the field keeps what was typed."""
        self._field = None
        if self.isVisible():
            self.hide()
            self.height_changed.emit(0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """A field that kept the focus when the keyboard was put away brings it back when it is tapped again."""
        if isinstance(watched, QWidget) and event.type() == QEvent.Type.MouseButtonPress:
            again = self._field is None and self.automatic and _opens(wished(watched))
            if again:
                self.open_for(watched)
        return False

    def _place(self) -> None:
        around = self._around
        wanted = _PAD_HEIGHT if self._stack.currentWidget() is self._pad else _KEYS_HEIGHT + _BAR_HEIGHT
        height = min(wanted, around.height() * 11 // 20)
        self.setGeometry(0, around.height() - height, around.width(), height)

    def parent_resized(self) -> None:
        """Called by the window when its size has changed."""
        if self.isVisible():
            self._place()
            self.height_changed.emit(self.height())

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            return
        wish = wished(new)
        if new is not None and new.window() is self.window() and self.automatic and _opens(wish):
            self.open_for(new)
        elif new is not self._field and new is not None:
            self.close_dock()

    def _connect(self, keys: OnScreenKeyboard) -> None:
        keys.text.connect(self._write)
        keys.backspace.connect(self._erase)
        keys.enter.connect(self._enter)
        keys.hide_wanted.connect(self.close_dock)

    def _number_pad(self) -> QWidget:
        if self._pad is None:
            self._pad = _PadPanel(self._language, self._write, self._erase, self.close_dock)
            self._stack.addWidget(self._pad)
        return self._pad

    def _write(self, characters: str) -> None:
        self._send(QInputMethodEvent(), characters)

    def _erase(self) -> None:
        event = QInputMethodEvent()
        event.setCommitString("", -1, 1)
        self._send(event, None)

    def _send(self, event: QInputMethodEvent, characters: str | None) -> None:
        if self._field is None:
            return
        if characters is not None:
            event.setCommitString(characters)
        QApplication.sendEvent(self._field, event)

    def _enter(self) -> None:
        field = self._field
        if field is None:
            return
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(
                field, QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
            )


class _PadPanel(QWidget):
    """The number pad in the middle of the dock, with a button that takes it away."""

    def __init__(
        self,
        language: Language,
        write: Callable[[str], None],
        erase: Callable[[], None],
        hide: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent if isinstance(parent, QWidget) else None)
        self._language = language
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.PAD, Size.GAP, Size.PAD, Size.GAP)
        self.pad = NumberPad(language, corner="")
        self.pad.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pad.setMaximumWidth(560)
        self._hide = ActionButton("", Kind.PLAIN, icon=Icon.HIDE)
        row.addStretch(1)
        row.addWidget(self.pad, 6)
        row.addStretch(1)
        row.addWidget(self._hide, 0, Qt.AlignmentFlag.AlignTop)
        self.pad.digit.connect(write)
        self.pad.backspace.connect(erase)
        self._hide.clicked.connect(hide)
        language.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the button."""
        self._hide.set_text(self._language.catalogue.text("Hide the keyboard"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, _PAD_HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        painter.fillRect(self.rect(), QColor(colours.surface))
        painter.fillRect(0, 0, self.width(), 1, QColor(colours.edge))
        painter.end()


def _opens(wish: KeyboardWish) -> bool:
    return wish in (KeyboardWish.TEXT, KeyboardWish.NAME, KeyboardWish.NUMBER)
