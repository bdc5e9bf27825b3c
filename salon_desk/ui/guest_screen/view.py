"""The window that guests see, on a screen of its own. UI thread only.

What is shown comes from `view_model`, what happens is the presenter's. It lies on its side or stands upright; nothing on it
leads to the till, and it never takes the keyboard, for readers type into the till.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.guest_feed import GuestFeed
from salon_desk.ui.guest_screen.pages import MessagePage, VisitPage
from salon_desk.ui.guest_screen.parts import Languages, Said
from salon_desk.ui.guest_screen.presenter import GuestPresenter
from salon_desk.ui.guest_screen.view_model import GuestModel, Page, guest_model
from salon_desk.ui.language import Language
from salon_desk.ui.theme.tokens import Size, Type

LEAST_SIZE = (480, 560)
_LYING, _UPRIGHT = (1024, 600), (640, 1024)
_LARGEST = 1.75


class GuestWindow(QWidget):
    """Shows what the feed tells; `visit` and `message` are there for tests."""

    def __init__(self, feed: GuestFeed) -> None:
        super().__init__()
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("panel", "ground")
        self.setWindowTitle("Salon Desk")
        self.setMinimumSize(*LEAST_SIZE)
        self.language = Language(feed.view.language)
        self._shown: GuestModel | None = None
        self.shop, self.languages = Said(Type.TITLE, bold=True), Languages()
        self.visit = VisitPage(self.language, lambda key: self.presenter.tap_tip(key))
        self.message = MessagePage()
        self._pages = QStackedWidget()
        self._lay_out()
        self.presenter = GuestPresenter(feed, self.render_state)
        self.visit.pad.connect_to(self.presenter)
        self.presenter.begin()

    def render_state(self) -> None:
        """Paint what the presenter knows; what says the same as before is left alone."""
        state = self.presenter.state
        self.language.use(state.view.language)
        model = guest_model(state, self.language.catalogue)
        if model == self._shown:
            return
        self._shown = model
        self.shop.say("" if model.page is Page.WELCOME else model.shop)
        self.languages.say(model.languages, model.language, self.presenter.use_language)
        if model.page is Page.VISIT:
            self.visit.say(model)
        else:
            self.message.say(model)
        self._pages.setCurrentWidget(self.visit if model.page is Page.VISIT else self.message)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        upright = self.height() > self.width()
        wide, high = _UPRIGHT if upright else _LYING
        scale = max(1.0, min(self.width() / wide, self.height() / high, _LARGEST))
        self.shop.set_scale(scale)
        self.visit.set_scale(scale, upright=upright)
        self.message.set_scale(scale, upright=upright)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, Size.PAD, 24, 24)
        column.setSpacing(Size.PAD)
        head = QHBoxLayout()
        head.addWidget(self.shop, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        self._pages.addWidget(self.message)
        self._pages.addWidget(self.visit)
        column.addWidget(self._pages, 1)
