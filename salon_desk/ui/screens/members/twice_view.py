"""Who may be on the list twice: what they share, who has what, and one tap to let one answer for the other.

Who is proposed comes from the service (`services/merging.py`); the first of each row is kept.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.domain.member import Member, phone_tail
from salon_desk.i18n import Catalogue
from salon_desk.services.merging import MaybeOne
from salon_desk.storage.queries.duplicates import Why
from salon_desk.ui.language import Language
from salon_desk.ui.screens.members.bands import DOT
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import ListRow
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.words import Role, Words


def twice_rows(found: tuple[MaybeOne, ...], words: Catalogue) -> tuple[ListRow, ...]:
    """Each proposal as a row; its key is its place."""
    return tuple(_row(at, one, words) for at, one in enumerate(found))


def _row(at: int, one: MaybeOne, words: Catalogue) -> ListRow:
    names = DOT.join(member.called(words.language) for member in one.members)
    return ListRow(
        key=str(at),
        title=names,
        detail=_shared(one, words),
        figure_detail=words.text("waits for head office") if one.asked else words.text("tap to merge"),
        initial=str(len(one.members)),
        tone=Tone.AMBER,
    )


def _shared(one: MaybeOne, words: Catalogue) -> str:
    first: Member = one.members[0]
    match one.why:
        case Why.PHONE:
            return words.text("same phone, ending {tail}", tail=phone_tail(first.phone))
        case Why.BIRTHDAY:
            return words.text("same name and birthday")


class TwiceView(QWidget):
    """Signals: `back()`, `tapped(place)`."""

    back = Signal()
    tapped = Signal(int)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        self._title, self._hint = Words("", Role.TITLE), Words("", Role.MUTED)
        self.rows, self._nobody = KineticList(), EmptyState(Icon.CHECK)
        for part in (self._title, self._hint):
            column.addWidget(part)
        column.addWidget(self.rows, 1)
        column.addWidget(self._nobody, 1)
        foot = QHBoxLayout()
        self.leave = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        column.addLayout(foot)
        self.leave.clicked.connect(self.back.emit)
        self.rows.tapped.connect(lambda key: self.tapped.emit(int(key)))

    def show_twice(self, found: tuple[MaybeOne, ...]) -> None:
        """Write who may be one person."""
        words = self._language.catalogue
        self._title.setText(words.text("On the list twice?"))
        self._hint.setText(
            words.text("Nothing is lost by merging: cards and receipts stay, and it can be undone.")
        )
        self._nobody.set_words(words.text("Nobody seems to be on the list twice"), "")
        self.leave.set_text(words.text("Close"))
        self.rows.setVisible(bool(found))
        self._nobody.setVisible(not found)
        self.rows.set_rows(twice_rows(found, words))
