"""The window: rail, top bar, a stack of screens, the notice, sheets and the keyboard over them.

No screen is known by name here: `bootstrap` registers them. A screen is made when it is first
shown, so the first one stands early. UI thread only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.domain.errors import DomainError
from salon_desk.ui.error_text import error_text
from salon_desk.ui.keyboard_dock import KeyboardDock
from salon_desk.ui.language import Language
from salon_desk.ui.places import WIPE_LOCK
from salon_desk.ui.rail import Rail
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.sheet_layer import SheetLayer
from salon_desk.ui.tasks import Tasks
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.top_bar import TopBar
from salon_desk.ui.view_values import Alert, Question
from salon_desk.ui.wedge import KeyFilter, WedgeHook
from salon_desk.ui.widgets.busy_cover import BusySheet
from salon_desk.ui.widgets.notice_bar import NoticeBar
from salon_desk.ui.widgets.sheet import QuestionSheet, Sheet
from salon_desk.ui.widgets.wipe_lock import WipeLock

LEAST_SIZE = (1024, 600)
_NOTICE_WIDTH = 860


class MainWindow(QMainWindow):
    """A `ScreenHost`. Signals: `screen_shown(key)`, `heading_shown()` when a screen says that it stands for something else now.

    `rail`, `top_bar`, `notice`, `sheets` and `dock` are there for bootstrap and for tests.
    """

    screen_shown = Signal(str)
    heading_shown = Signal()

    def __init__(self, language: Language, tasks: Tasks) -> None:
        super().__init__()
        self._language, self._tasks = language, tasks
        self._makers: dict[str, Callable[[ScreenHost], Screen]] = {}
        self._screens: dict[str, Screen] = {}
        self._outdated: set[str] = set()
        self._current = ""
        self._hook: WedgeHook | None = None
        self._busy: BusySheet | None = None
        self._refusal: DomainError | None = None
        self.rail, self.top_bar = Rail(language), TopBar(language)
        self._stack = QStackedWidget()
        self._body = self._lay_out()
        self.notice = NoticeBar(language, self)
        self.sheets = SheetLayer(self)
        self.dock = KeyboardDock(language, tasks, self)
        self.wipe_lock = WipeLock(language, self)
        self.setMinimumSize(*LEAST_SIZE)
        self.setWindowTitle("Salon Desk")
        self.rail.tapped.connect(self._rail_tapped)
        self.rail.refused.connect(lambda reason: self.notify(Alert.INFORMATION, reason))
        self.top_bar.back.connect(lambda: self._screens[self._current].back())
        self.dock.height_changed.connect(self._make_room)
        language.changed.connect(self._retranslate)

    @property
    def language(self) -> Language:
        """See `ScreenHost`."""
        return self._language

    @property
    def tasks(self) -> Tasks:
        """See `ScreenHost`."""
        return self._tasks

    @property
    def current(self) -> str:
        """The key of the screen in front; empty before the first."""
        return self._current

    def register(self, key: str, make: Callable[[ScreenHost], Screen]) -> None:
        """Say how the screen of `key` is made; it is made when it is first wanted."""
        self._makers[key] = make

    def screen_for(self, key: str) -> Screen:
        """The screen of `key`, made now if need be. KeyError for one that is not registered."""
        if key not in self._screens:
            made = self._makers[key](self)
            made.heading_changed.connect(self._show_heading)
            made.heading_changed.connect(self.heading_shown)
            made.retranslate()
            self._screens[key] = made
            self._stack.addWidget(made)
        return self._screens[key]

    def go(self, key: str) -> None:
        """See `ScreenHost`; also what a tap in the rail does."""
        coming = self.screen_for(key)
        if key == self._current:
            return
        self.dock.close_dock()
        if self._current:
            self._screens[self._current].left()
        self._current = key
        if key in self._outdated:
            self._outdated.discard(key)
            coming.retranslate()
        self._stack.setCurrentWidget(coming)
        self.rail.setVisible(coming.with_rail)
        self.rail.choose(coming.rail_key or key)
        self._show_heading()
        self._place_notice()
        coming.shown()
        self.screen_shown.emit(key)

    def notify(
        self,
        alert: Alert,
        title: str,
        detail: str = "",
        *,
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """See `ScreenHost`."""
        self._refusal = None
        self.notice.tell(alert, title, detail, action=action, on_action=on_action)
        self._place_notice()

    def clear_notice(self) -> None:
        """See `ScreenHost`."""
        self.notice.clear()

    def refuse(self, error: DomainError) -> None:
        """See `ScreenHost`; the words follow the language while the notice stands."""
        self.notify(Alert.WAITING, error_text(error, self._language.catalogue))
        self._refusal = error

    def ask(self, question: Question, answered: Callable[[bool], None]) -> None:
        """See `ScreenHost`."""
        sheet = QuestionSheet(question, self._language.catalogue.text("Cancel"))
        sheet.answered.connect(answered)
        self.open_sheet(sheet)

    def open_sheet(self, sheet: Sheet) -> None:
        """See `ScreenHost`."""
        self.dock.close_dock()
        self.sheets.open(sheet)
        self.dock.raise_()

    def busy(self, words: str, cancel: Callable[[], None] | None = None) -> None:
        """See `ScreenHost`."""
        self.not_busy()
        self._busy = BusySheet(self._language, words, cancel)
        self.open_sheet(self._busy)

    def not_busy(self) -> None:
        """See `ScreenHost`."""
        if self._busy is not None:
            self.sheets.close_sheet(self._busy)
            self._busy = None

    def open_keyboard(self, field: QWidget) -> None:
        """See `ScreenHost`."""
        self.dock.open_for(field)

    def set_key_filter(self, key_filter: KeyFilter) -> None:
        """Offer every key of this window to `key_filter` before any field sees it."""
        self._hook = WedgeHook(key_filter, self)
        self._watch_keys()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self._watch_keys()

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.sheets.setGeometry(self.rect())
        self.dock.parent_resized()
        self.wipe_lock.setGeometry(self.rect())
        self._place_notice()

    def _lay_out(self) -> QWidget:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self._stack, 1)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(body)
        self._stack.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._stack.setFocus()
        return body

    def _rail_tapped(self, key: str) -> None:
        if key == WIPE_LOCK:
            self.wipe_lock.lock()
        else:
            self.go(key)

    def _watch_keys(self) -> None:
        window = self.windowHandle()
        if self._hook is not None and window is not None:
            window.removeEventFilter(self._hook)
            self._hook.watch(window)

    def _show_heading(self) -> None:
        if self._current:
            self.top_bar.set_heading(self._screens[self._current].heading())

    def _place_notice(self) -> None:
        """Lay the notice over the top of the screen: nothing below it moves under a finger."""
        left = (Size.RAIL if self.rail.isVisibleTo(self) else 0) + Size.PAD
        front = self._screens.get(self._current)
        free = self.width() - left - Size.PAD - (front.kept_clear() if front else 0)
        width = min(free, _NOTICE_WIDTH)
        height = max(self.notice.heightForWidth(width), self.notice.sizeHint().height())
        self.notice.setGeometry(left + (free - width) // 2, Size.TOP_BAR + Size.GAP, width, height)
        self.notice.raise_()
        if self.sheets.top is not None:
            self.sheets.raise_()
        self.dock.raise_()

    def _make_room(self, taken: int) -> None:
        """Move what is typed into up over the keyboard, if the keyboard would hide it."""
        self.sheets.set_taken_below(taken)
        field, lift = self.dock.field, 0
        if taken and field is not None and self._body.isAncestorOf(field):
            bottom = field.mapTo(self._body, field.rect().bottomLeft()).y() + Size.PAD
            lift = max(0, bottom - (self.height() - taken))
        self._body.setGeometry(QRect(0, -lift, self.width(), self.height()))

    def _retranslate(self) -> None:
        self._outdated = set(self._screens) - {self._current}
        if self._current:
            self._screens[self._current].retranslate()
            self._show_heading()
        if self._refusal is not None and self.notice.isVisible():
            self.refuse(self._refusal)
