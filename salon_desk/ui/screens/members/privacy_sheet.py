"""The sheet that names what erasing a member does, and asks on whose wish; and what is told when it was done.

What is said comes from `privacy.py`. There is no field to type in: a reason in free words might name the member.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from salon_desk.i18n import N_, Catalogue
from salon_desk.operations.erasure import WhyErased
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.members.privacy import ERASE, EXPORT, Privacy, Told, erase_words
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert, Chip
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Role, Words

_REASONS = {
    WhyErased.ASKED: N_("The member asked"),
    WhyErased.FOR_ANOTHER: N_("Somebody asked for the member"),
    WhyErased.NOT_NEEDED: N_("Not needed any more"),
}
_WIDTH = 640


class EraseSheet(Sheet):
    """Signal: `chosen(str)`, a WhyErased, after the sheet has closed. `confirm` and `pills` are there for tests."""

    chosen = Signal(str)

    def __init__(self, lines: Sequence[str], words: Catalogue) -> None:
        super().__init__(words.text("Erase this member everywhere?"), width=_WIDTH)
        self._words, self._reason = words, ""
        for line in lines:
            self.body.addWidget(Words(line))
        self.body.addWidget(Words(words.text("On whose wish?"), Role.MUTED))
        self.pills = CategoryPills()
        policy = self.pills.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.pills.setSizePolicy(policy)
        self.pills.tapped.connect(self._choose)
        self.body.addWidget(self.pills)
        cancel = ActionButton(words.text("Keep the member"), Kind.PLAIN, height=Size.TOUCH_PAY)
        self.confirm = ActionButton(words.text("Erase for good"), Kind.DANGER, height=Size.TOUCH_PAY)
        cancel.clicked.connect(self.dismiss)
        self.confirm.clicked.connect(self._go_on)
        self.add_button(cancel)
        self.add_button(self.confirm)
        self._choose("")

    def _choose(self, reason: str) -> None:
        self._reason = reason
        chips = [Chip(self._words.text(msgid), key=one.value) for one, msgid in _REASONS.items()]
        self.pills.set_categories(chips, reason or None)
        self.confirm.setEnabled(bool(reason))

    def _go_on(self) -> None:
        self.closed.emit()
        self.chosen.emit(self._reason)


class PrivacyDesk:
    """Answers the taps on the band, shows what was reckoned and tells what was done. UI thread only."""

    def __init__(self, host: ScreenHost, privacy: Privacy) -> None:
        self._host, self._privacy = host, privacy
        privacy.told = self._ask
        privacy.erased = self._tell_erased
        privacy.written = self._tell_written

    def row(self, key: str) -> None:
        """A row of the band."""
        match key:
            case _ if key == EXPORT:
                self._privacy.export()
            case _ if key == ERASE:
                self._privacy.look()
            case _:
                pass

    def _ask(self, told: Told) -> None:
        words = self._host.language.catalogue
        sheet = EraseSheet(erase_words(told, words), words)
        sheet.chosen.connect(lambda reason: self._privacy.erase(told, WhyErased(reason)))
        self._host.open_sheet(sheet)

    def _tell_erased(self) -> None:
        words = self._host.language.catalogue
        self._host.notify(
            Alert.GOOD,
            words.text("The member is erased here."),
            words.text("Head office and the other tills do the same as soon as they hear of it."),
        )

    def _tell_written(self, path: Path) -> None:
        words = self._host.language.catalogue
        self._host.notify(
            Alert.GOOD,
            words.text("Everything about the member is in {file}.", file=str(path)),
            words.text("Hand it to nobody else, and delete it when it was handed out."),
        )
