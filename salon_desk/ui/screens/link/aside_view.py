"""What was set aside, right: what it is, from which till and when, why in plain words, and small what support asks for.

The rows come ready from `view_model`. Nothing here loses anything: an entry that is set aside is kept and passed on.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from salon_desk.i18n import Catalogue
from salon_desk.ui.counter.flowing import Flowing
from salon_desk.ui.screens.link.view_model import AsideRow, StateModel
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words


class AsideCard(QFrame):
    """One entry."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "sunk")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(2)
        self.title, self._origin = Words("", Role.STRONG), Words("", Role.MUTED)
        self._why, self._technical = Words(""), Words("", Role.SMALL)
        for part in (self.title, self._origin, self._why, self._technical):
            column.addWidget(part)

    def show_row(self, row: AsideRow) -> None:
        """Write another entry."""
        self.title.setText(row.title)
        self._origin.setText(row.origin)
        self._why.setText(row.why)
        # a long word of a machine's has to break somewhere
        self._technical.setText("\u200b".join(row.technical))
        self._technical.setVisible(bool(row.technical))
        self.setAccessibleName(f"{row.title}. {row.origin}. {row.why}")


class AsideSide(QFrame):
    """The side. Signal: `retried()`; `cards` and `retry` are there for tests."""

    retried = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "side")
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP)
        self._title, self._hint = Words("", Role.NAME), Words("", Role.MUTED)
        self._more = Words("", Role.MUTED)
        self.cards: list[AsideCard] = []
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_list())
        self._nothing = EmptyState(Icon.CHECK)
        self._pages.addWidget(self._nothing)
        self.retry = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(self._pages, 1)
        column.addWidget(self.retry)
        self.retry.clicked.connect(self.retried.emit)

    def show_model(self, model: StateModel, words: Catalogue, *, known: bool) -> None:
        """Write the list; `known` is False until it was read."""
        self._title.setText(model.aside_title)
        self._hint.setText(model.aside_hint)
        self._hint.setVisible(bool(model.aside_hint))
        self._show_rows(model)
        self._nothing.set_words(
            words.text("Nothing is set aside") if known else words.text("Looking"),
            words.text("Everything that arrived could be taken in.") if known else "",
        )
        self._pages.setCurrentIndex(0 if model.aside else 1)
        self.retry.set_text(model.retry)
        self.retry.setEnabled(model.can_retry)
        self.retry.setVisible(bool(model.aside))

    def _show_rows(self, model: StateModel) -> None:
        while len(self.cards) < len(model.aside):
            card = AsideCard()
            self._list.insertWidget(len(self.cards), card)
            self.cards.append(card)
        for at, card in enumerate(self.cards):
            card.setVisible(at < len(model.aside))
            if at < len(model.aside):
                card.show_row(model.aside[at])
        self._more.setText(model.aside_more)
        self._more.setVisible(bool(model.aside_more))

    def _make_list(self) -> QWidget:
        content = Flowing()
        self._list = QVBoxLayout(content)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(Size.GAP)
        self._list.addWidget(self._more)
        self._list.addStretch(1)
        return ScrollColumn(content)
