"""A member's PIN is set from the page: the old one first or a manager beside, then the new one twice. No Qt.

Who may set it and what a PIN is are `services/proof.py`'s. A PIN passes through; the old one and the first entry of the new one
are kept until the PIN is set or the sheet is left, and no longer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.services import proof
from salon_desk.services.proof_errors import PinsDiffer
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.counter.new_pin import NewPin
from salon_desk.ui.screens.members.reading import MemberOpened
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


class PinPage(Protocol):
    """The page that it is about (the screen's presenter)."""

    refuse: Callable[[DomainError], None]

    @property
    def opened(self) -> MemberOpened | None:
        """The member whose page stands."""
        ...


class Step(StrEnum):
    """What is typed next."""

    OLD = "old"
    NEW = "new"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class PinAsked:
    """The sheet as it stands."""

    member: Member
    step: Step
    refusal: DomainError | None = None
    working: bool = False


class PinSetting:
    """`changed` shows the sheet as `asked` stands, or takes it away where that is None; `done` tells that the PIN is set."""

    def __init__(
        self, till: Till, tasks: Tasks, session: Session, *, approvals: Approvals, screen: PinPage
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self._screen = approvals, screen
        self._new, self._old = NewPin(), ""
        self._actor: Actor | None = None
        self.changed: Callable[[], None] = lambda: None
        self.done: Callable[[], None] = lambda: None
        self.asked: PinAsked | None = None

    def begin(self) -> None:
        """The member whose page stands wants a PIN, or another one."""
        opened = self._screen.opened
        if opened is None:
            return
        member = opened.page.figures.member

        def known(there: bool) -> None:
            self._forget()
            if there:
                self._show(PinAsked(member, Step.OLD))
            else:
                self._ask(member)

        self._tasks.run(lambda: proof.has_pin(self._till, member.member_id), known, self._screen.refuse)

    def vouch(self) -> None:
        """The old one is forgotten: a manager says that it is the member."""
        if self.asked is not None:
            self._ask(self.asked.member)

    def typing(self) -> None:
        """It is typed again: what was said before is over."""
        if self.asked is not None and self.asked.refusal is not None:
            self._set(refusal=None)

    def give(self, pin: str) -> None:
        """A PIN was typed."""
        asked = self.asked
        if asked is None or asked.working:
            return
        if asked.step is Step.OLD:
            self._try_old(asked.member, pin)
        else:
            self._give_new(asked.member, pin)

    def stop(self) -> None:
        """No PIN is set after all."""
        self._forget()
        self._show(None)

    def _ask(self, member: Member) -> None:
        def lent(actor: Actor) -> None:
            self._forget()
            self._actor = actor
            self._show(PinAsked(member, Step.NEW))

        self._approvals.ask(Permission.VOUCH, lent)

    def _try_old(self, member: Member, pin: str) -> None:
        def right(_none: None) -> None:
            if self.asked is not None and self.asked.member == member:
                self._forget()
                self._old, self._actor = pin, self._session.actor
                self._show(PinAsked(member, Step.NEW))

        self._set(working=True, refusal=None)
        self._tasks.run(lambda: proof.own_pin(self._till, member.member_id, pin), right, self._refused)

    def _give_new(self, member: Member, pin: str) -> None:
        try:
            chosen = self._new.entered(pin)
        except PinsDiffer as error:
            self._set(step=Step.NEW, refusal=error)
            return
        actor, old = self._actor, self._old
        if not chosen or actor is None:
            self._set(step=Step.AGAIN, refusal=None)
            return
        command = self._session.new_command()
        self._set(step=Step.NEW, working=True, refusal=None)
        self._tasks.run(
            lambda: proof.set_pin(self._till, command, actor, member.member_id, chosen, old=old),
            self._is_set,
            self._refused,
        )

    def _is_set(self, _none: None) -> None:
        self.stop()
        self.done()

    def _refused(self, error: DomainError) -> None:
        self._set(working=False, refusal=error)

    def _forget(self) -> None:
        self._new.forget()
        self._actor, self._old = None, ""

    def _set(self, **changes: object) -> None:
        if self.asked is not None:
            self._show(replace(self.asked, **changes))  # type: ignore[arg-type]

    def _show(self, asked: PinAsked | None) -> None:
        self.asked = asked
        self.changed()
