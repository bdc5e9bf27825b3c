"""A manager approves one act on the spot: who, PIN, and the act goes on with the lent permission.

Who may approve what is decided by `services/sign_in.approve`; here it is only asked. Whoever may do it anyway is
not asked.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.domain.access import Permission, allowed
from salon_desk.domain.errors import DomainError
from salon_desk.services import sign_in
from salon_desk.services.till import Actor, Till
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.counter.outlet import Granted
from salon_desk.ui.error_text import error_text
from salon_desk.ui.language import Language
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.session import Session
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.pin_pad import PinPad
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Role, Words


class ApprovalDesk:
    """`Approvals` with a sheet over the window. UI thread only."""

    def __init__(self, host: ScreenHost, till: Till, session: Session) -> None:
        self._host, self._till, self._session = host, till, session

    def ask(self, permission: Permission, granted: Granted) -> None:
        """See `Approvals`."""
        actor = self._session.actor
        if allowed(actor.role, permission):
            granted(actor)
            return
        self._host.tasks.run(
            lambda: sign_in.people(self._till),
            lambda people: self._choose(actor, permission, people, granted),
            self._host.refuse,
        )

    def _choose(
        self, actor: Actor, permission: Permission, people: tuple[StaffMember, ...], granted: Granted
    ) -> None:
        able = tuple(
            one for one in people if allowed(one.role, permission) and allowed(one.role, Permission.OVERRIDE)
        )
        words = self._host.language.catalogue
        if not able:
            self._host.notify(
                Alert.WAITING,
                words.text("Your role may not do this, and nobody who could approve it has a PIN."),
            )
            return
        sheet = ApprovalSheet(self._host.language, able)
        sheet.pin_given.connect(lambda who, pin: self._try(sheet, (actor, permission, who, pin), granted))
        self._host.open_sheet(sheet)

    def _try(self, sheet: ApprovalSheet, asked: tuple[Actor, Permission, str, str], granted: Granted) -> None:
        actor, permission, who, pin = asked

        def approved(lent: Actor) -> None:
            sheet.closed.emit()
            granted(lent)

        def refused(error: DomainError) -> None:
            sheet.pin.refuse(error_text(error, self._host.language.catalogue))

        self._host.tasks.run(
            lambda: sign_in.approve(self._till, actor, permission, who, pin), approved, refused
        )


class ApprovalSheet(Sheet):
    """Who approves, and the PIN. Signal: `pin_given(staff, pin)`."""

    pin_given = Signal(str, str)

    def __init__(
        self, language: Language, people: tuple[StaffMember, ...], parent: QWidget | None = None
    ) -> None:
        words = language.catalogue
        super().__init__(words.text("A manager approves this"), width=640, parent=parent)
        self._chosen = people[0].staff
        row = QHBoxLayout()
        row.setSpacing(Size.PAD)
        left = QVBoxLayout()
        left.setSpacing(Size.GAP)
        left.addWidget(
            Words(words.text("Your role may not do this. The approval is for this one act."), Role.MUTED)
        )
        self.people: dict[str, ChoiceButton] = {}
        for person in people:
            button = ChoiceButton(person.called(language.code), key=person.staff)
            button.tapped.connect(self._choose)
            left.addWidget(button)
            self.people[person.staff] = button
        left.addStretch(1)
        self.pin = PinPad(language)
        self.pin.completed.connect(lambda pin: self.pin_given.emit(self._chosen, pin))
        row.addLayout(left, 1)
        row.addWidget(self.pin, 1)
        self.body.addLayout(row)
        cancel = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        cancel.clicked.connect(self.dismiss)
        self.add_button(cancel)
        self.setFocusProxy(self.pin)
        self._choose(self._chosen)

    def _choose(self, staff: str) -> None:
        self._chosen = staff
        for key, button in self.people.items():
            button.set_chosen(key == staff)
        self.pin.clear()
