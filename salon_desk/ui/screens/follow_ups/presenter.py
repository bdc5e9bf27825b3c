"""The behaviour of the screen of tasks: a list is chosen, a task opened, answered. No Qt here.

What is typed and not written down stays until another task is opened. Tasks of others take a permission, which a manager can lend
for an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError
from salon_desk.domain.follow_up import Answer, Result
from salon_desk.services import follow_ups
from salon_desk.services.follow_ups import Page, Whose
from salon_desk.services.till import Till
from salon_desk.storage.queries.follow_ups import FollowUp
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class FollowUpsState:
    """What the screen shows. `rows` None: not read yet; `may_all`: whether tasks of others are shown; `zone`: the shop's clock."""

    whose: Whose = Whose.MINE
    may_all: bool = False
    rows: tuple[FollowUp, ...] | None = None
    page: Page | None = None
    result: Result | None = None
    refusal: DomainError | None = None
    saving: bool = False
    zone: str = "UTC"
    today: str = ""


class FollowUpsPresenter:
    """`changed` paints, `opened` empties the fields, `saved` says that it was written down."""

    def __init__(self, till: Till, tasks: Tasks, session: Session, *, approvals: Approvals) -> None:
        self._till, self._tasks, self._session, self._approvals = till, tasks, session, approvals
        self.changed: Callable[[], None] = _nobody
        self.opened: Callable[[], None] = _nobody
        self.saved: Callable[[], None] = _nobody
        self.state = FollowUpsState()

    def begin(self) -> None:
        """The screen comes to the front."""
        may = self._session.actor.may(Permission.FOLLOW_UP)
        if not may and self.state.whose is Whose.ALL:
            self._set(whose=Whose.MINE)
        self._set(may_all=may)
        self._tasks.run(self._clock, lambda at: self._set(zone=at[0], today=at[1]), self._refused)
        self._look()

    def show(self, whose: Whose) -> None:
        """Another list."""
        self._set(whose=whose, rows=None, page=None, refusal=None)
        self._look()

    def open(self, key: str) -> None:
        """A task of the list was tapped."""
        self._set(result=None, refusal=None)
        self._read(key)
        self.opened()

    def say(self, result: Result) -> None:
        """What came of it was tapped."""
        self._set(result=result, refusal=None)

    def typing(self) -> None:
        """Something is typed: what was refused before is over."""
        if self.state.refusal is not None:
            self._set(refusal=None)

    def save(self, note: str, next_on: str) -> None:
        """Write down what came of the task that is open."""
        page, result = self.state.page, self.state.result
        if page is None or result is None or self.state.saving:
            return
        task, command = page.follow_up.follow_up, self._session.new_command()
        said = Answer(result, note, next_on.strip())
        self._set(saving=True, refusal=None)

        def done(_none: None) -> None:
            self._set(saving=False, result=None)
            self.saved()
            self.opened()
            self._look()
            self._read(task)

        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: follow_ups.answer(self._till, command, actor, task, said),
            done=done,
            failed=self._refused,
        )

    def _look(self) -> None:
        actor, whose = self._session.actor, self.state.whose

        def read(rows: list[FollowUp]) -> None:
            if whose is self.state.whose:
                self._set(rows=tuple(rows))

        self._tasks.run(lambda: follow_ups.shown(self._till, actor, whose), read, self._refused)

    def _read(self, key: str) -> None:
        actor = self._session.actor
        self._tasks.run(
            lambda: follow_ups.page(self._till, actor, key), lambda page: self._set(page=page), self._refused
        )

    def _clock(self) -> tuple[str, str]:
        with self._till.read() as transaction:
            return self._till.shop(transaction).time_zone, self._till.business_day(transaction)

    def _refused(self, error: DomainError | None) -> None:
        self._set(saving=False, refusal=error)

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""
