"""The bar over every screen: where one is, the state of the house, the language, who is signed in.

What the states are is handed in. Offline is normal: amber, with what still works, never an alarm.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.ui.language import Language
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.view_values import Heading, StatusPill
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.pill import StatusButton

_SWITCH = {"zh_CN": "中 / EN", "zh_TW": "繁 / EN", "en": "EN / 中"}
_LEAST_TITLE = 96
_NEXT = {"zh_CN": N_("Chinese"), "zh_TW": N_("Traditional Chinese"), "en": N_("English")}


class _Title(QWidget):
    """A bold title and a quiet detail, on one line or two, whichever fits; the title alone where both do not."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.detail = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def wanted_width(self) -> int:
        """How much it needs to stand on two lines in full size."""
        title = paint.text_width(self.title, Type.BODY, bold=True)
        return max(title, paint.text_width(self.detail, Type.LEAST), _LEAST_TITLE)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_TITLE, Size.TOP_BAR)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        rect = QRectF(self.rect())
        title = paint.text_width(self.title, Type.NAME, bold=True)
        detail = paint.text_width(self.detail, Type.BODY)
        if title + 12 + detail <= rect.width():
            paint.text(painter, rect, self.title, colours.ink, size=Type.NAME, bold=True)
            paint.text(painter, rect.adjusted(title + 12, 0, 0, 0), self.detail, colours.muted)
        elif not paint.fits_a_line(self.title, rect.width(), bold=True):
            paint.wrapped(
                painter, rect, self.title, colours.ink, size=Type.LEAST, bold=True, align=paint.LEFT
            )
        elif not paint.fits_a_line(self.detail, rect.width()):
            paint.text(painter, rect, self.title, colours.ink, size=Type.NAME, bold=True)
        else:
            upper = QRectF(rect.left(), rect.top() + 5, rect.width(), rect.height() / 2 - 5)
            paint.text(painter, upper, self.title, colours.ink, size=Type.BODY, bold=True)
            lower = QRectF(rect.left(), rect.center().y(), rect.width(), rect.height() / 2 - 5)
            paint.text(painter, lower, self.detail, colours.muted, size=Type.LEAST)
        painter.end()


class TopBar(QWidget):
    """Signals: `back()`, `pill_tapped(key)`, `user_tapped()`; the language switch changes the language itself."""

    back = Signal()
    pill_tapped = Signal(str)
    user_tapped = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self._user = language, ""
        self._shop, self._till, self._heading = "", "", Heading()
        self.setFixedHeight(Size.TOP_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.PAD, 4, Size.PAD, 4)
        row.setSpacing(Size.GAP)
        self.back_button = ActionButton("", Kind.PLAIN, icon=Icon.BACK)
        self.back_button.clicked.connect(self.back.emit)
        self._title = _Title()
        row.addWidget(self.back_button)
        row.addWidget(self._title, 1)
        pills = QHBoxLayout()
        pills.setSpacing(Size.GAP)
        row.addLayout(pills)
        self._pool: ButtonPool[StatusPill, StatusButton] = ButtonPool(
            pills, lambda: StatusButton(StatusPill("", "")), StatusButton.set_pill, self.pill_tapped.emit
        )
        self.switch = StatusButton(StatusPill("language", "", dot=False))
        self.switch.clicked.connect(language.next)
        self.user = StatusButton(StatusPill("user", "", dot=False))
        self.user.clicked.connect(self.user_tapped.emit)
        row.addWidget(self.switch)
        row.addWidget(self.user)
        language.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def spoken(self) -> str:
        """What the bar says of where one is."""
        return self._title.accessibleName()

    def set_place(self, shop: str, till: str) -> None:
        """Name the shop and the till, ready to read."""
        self._shop, self._till = shop, till
        self._show()

    def set_heading(self, heading: Heading) -> None:
        """Say what the screen in front is."""
        self._heading = heading
        self._show()

    def set_pills(self, pills: Sequence[StatusPill]) -> None:
        """Show these states, ready to read."""
        self._pool.show(pills, None)
        self._make_room()

    def pill(self, key: str) -> StatusButton | None:
        """The button of a state."""
        return self._pool.button(key)

    def set_user(self, name: str) -> None:
        """Name who is signed in; empty for nobody."""
        self._user = name
        self._show()

    def retranslate(self) -> None:
        """Write the bar's own words again; states and places are handed in again by their owner."""
        words, code = self._language.catalogue, self._language.code
        self.back_button.set_text(words.text("Back"))
        spoken = words.text("Language: {language}", language=words.text(_NEXT[code]))
        self.switch.set_pill(StatusPill("language", _SWITCH[code], dot=False, spoken=spoken))
        self._show()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        painter.fillRect(self.rect(), QColor(colours.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours.line))
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Give the pills fewer words when the title would be squeezed by all of them."""
        shown = [button for button in self._pool.buttons if not button.isHidden()]
        taken = sum(button.width_for(short=False) + Size.GAP for button in shown)
        for button in (self.switch, self.user, self.back_button):
            taken += button.sizeHint().width() + Size.GAP if not button.isHidden() else 0
        short = self.width() - taken - 2 * Size.PAD < self._title.wanted_width()
        for button in shown:
            button.set_short(short)

    def _show(self) -> None:
        heading, words = self._heading, self._language.catalogue
        place = " ".join(part for part in (self._shop, self._till) if part)
        self._title.title = heading.title or self._shop
        self._title.detail = heading.detail or (place if heading.title else self._till)
        self._title.setAccessibleName(f"{self._title.title} {self._title.detail}")
        self._title.update()
        self.back_button.setVisible(heading.back)
        self.user.set_pill(
            StatusPill("user", self._user, dot=False, spoken=words.text("Signed in: {name}", name=self._user))
        )
        self.user.setVisible(bool(self._user))
        self._make_room()
        self._title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
