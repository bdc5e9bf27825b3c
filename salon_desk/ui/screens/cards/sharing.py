"""Giving a card or a series to another member, and letting others of the family use a series. No Qt, and no rule here.

The sheet stays open while several are allowed; giving it away closes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.services import cards, series
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.cards import reading
from salon_desk.ui.screens.cards.reading import CardOpened
from salon_desk.ui.screens.cards.reading_series import SeriesOpened
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


class Wish(StrEnum):
    """What a member is asked for."""

    TRANSFER = "transfer"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class SharingForm:
    """Whom it is about is being looked for."""

    wish: Wish
    opened: SeriesOpened | CardOpened
    query: str = ""
    found: tuple[Member, ...] = ()


class Sharing(Protocol):
    """Where it shows, and what is read again afterwards."""

    refuse: Callable[[DomainError], None]

    def show_sharing(self, form: SharingForm | None) -> None:
        """How it stands; None for not at all."""
        ...

    def reopen(self) -> None:
        """Read again what stands open."""
        ...


class SharingDesk:
    """The taps of it. UI thread only."""

    def __init__(
        self, till: Till, tasks: Tasks, session: Session, approvals: Approvals, screen: Sharing
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self._screen = approvals, screen
        self._form: SharingForm | None = None

    def begin(self, wish: Wish, opened: SeriesOpened | CardOpened) -> None:
        """Ask for a member."""
        self._show(SharingForm(wish, opened))

    def stop(self) -> None:
        """Nobody, or nobody else."""
        self._show(None)

    def follow(self, opened: SeriesOpened) -> None:
        """What stands open was read again."""
        if self._form is not None:
            self._show(replace(self._form, opened=opened))

    def search(self, text: str) -> None:
        """Answer while typing."""
        if self._form is None:
            return
        self._show(replace(self._form, query=text.strip(), found=self._form.found if text.strip() else ()))
        if text.strip():
            self._tasks.run(
                lambda: reading.find_members(self._till, text),
                lambda found: self._found(text.strip(), found),
                self._screen.refuse,
                replaces="cards.sharing",
            )

    def choose(self, member: str) -> None:
        """This one gets it, may use it, or may not any more."""
        form = self._form
        if form is None:
            return
        command = self._session.new_command()

        def done(_view: object) -> None:
            if form.wish is Wish.TRANSFER:
                self.stop()
            self._screen.reopen()

        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: self._done(form, command, actor, member),
            done=done,
            failed=lambda error: self._screen.refuse(error) if error is not None else None,
        )

    def _done(self, form: SharingForm, command: str, actor: Actor, member: str) -> object:
        """Database worker."""
        opened = form.opened
        if isinstance(opened, CardOpened):
            return cards.transfer(self._till, command, actor, opened.found.card.card, member=member)
        name = opened.found.view.series.series
        if form.wish is Wish.TRANSFER:
            return series.transfer(self._till, command, actor, name, member=member)
        allowed = member not in {one.member_id for one in opened.sharers}
        return series.share(self._till, command, actor, name, member=member, allowed=allowed)

    def _found(self, typed: str, found: tuple[Member, ...]) -> None:
        if self._form is not None and self._form.query == typed:
            self._show(replace(self._form, found=found))

    def _show(self, form: SharingForm | None) -> None:
        self._form = form
        self._screen.show_sharing(form)
