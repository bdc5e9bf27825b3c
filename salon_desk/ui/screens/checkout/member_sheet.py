"""The sheet behind the name on a ticket: the member's page, or that it is somebody else's ticket.

Nothing is changed here but through the presenter.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.checkout.presenter import CheckoutPresenter
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind, secondary
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Role, Words


class MemberSheet(Sheet):
    """What can be done about whose ticket it is."""

    def __init__(
        self, language: Language, presenter: CheckoutPresenter, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, width=480, parent=parent)
        self._presenter = presenter
        words, view = language.catalogue, presenter.state.current
        self.page = secondary(words.text("Open the member's page"), height=Size.TOUCH_PAY)
        self.detach = secondary(words.text("Make it a walk-in's ticket"), height=Size.TOUCH_PAY)
        self.new = secondary(words.text("Add a new member"), height=Size.TOUCH_PAY)
        self.back = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        if view is not None and view.ticket.member:
            self.body.addWidget(self.page)
            self.body.addWidget(self.detach)
            self.body.addWidget(
                Words(words.text("The lines stay on the ticket; scan the right card next."), Role.MUTED)
            )
        else:
            self.body.addWidget(
                Words(words.text("Scan a card or search for the member: the ticket is theirs then."))
            )
            self.body.addWidget(self.new)
        self.add_button(self.back)
        self.page.clicked.connect(lambda: self._leave_by(presenter.open_member))
        self.detach.clicked.connect(lambda: self._leave_by(presenter.edits.detach_member))
        self.new.clicked.connect(lambda: self._leave_by(presenter.new_member))
        self.back.clicked.connect(self.dismiss)

    def _leave_by(self, act: Callable[[], None]) -> None:
        self.closed.emit()
        act()
