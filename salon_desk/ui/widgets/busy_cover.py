"""What covers the window while something lasts over a second: words, a moving bar, cancel if safe.

Whether it is safe to cancel is known by who asks for it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.sheet import Sheet


class BusySheet(Sheet):
    """Shows progress; `set_progress(done, of)` where the amount is known. Escape does nothing without `cancel`."""

    def __init__(
        self, language: Language, words: str, cancel: Callable[[], None] | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, width=420, parent=parent)
        self._cancel = cancel
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(words)
        self.body.addWidget(self.progress)
        if cancel is not None:
            button = ActionButton(language.catalogue.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
            button.clicked.connect(self.dismiss)
            self.add_button(button)

    def set_progress(self, done: int, of: int) -> None:
        """Say how far it is; `of` 0 for unknown."""
        self.progress.setRange(0, of)
        self.progress.setValue(done)

    def dismiss(self) -> None:
        """Cancel, where that is safe."""
        if self._cancel is not None:
            self._cancel()
            self.closed.emit()
