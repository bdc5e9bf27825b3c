"""The behaviour of the screen of savings plans: one is chosen or begun, changed, ended, written down. No Qt here.

Writing needs a permission that a manager can lend.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from salon_desk.domain.errors import DomainError
from salon_desk.services import savings_plans
from salon_desk.services.savings_plans import PlansView, WrittenPlan
from salon_desk.services.till import Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.savings_plans.form import ChosenPlan, TypedPlan, chosen_of, typed_of, written_of
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

NEW = "new"
_BLANK: Final = TypedPlan()
_PLAIN: Final = ChosenPlan()


@dataclass(frozen=True, slots=True)
class PlansState:
    """What the screen shows. `key`: the plan whose form is open, NEW for one that is begun, empty for none."""

    view: PlansView | None = None
    key: str = ""
    start: TypedPlan = _BLANK
    chosen: ChosenPlan = _PLAIN
    refusal: DomainError | None = None
    saving: bool = False

    @property
    def plan(self) -> WrittenPlan | None:
        """The plan whose form is open."""
        plans = self.view.plans if self.view is not None else ()
        return next((one for one in plans if one.plan.plan_id == self.key), None)


class SavingsPlansPresenter:
    """`changed` paints, `opened` puts words into the fields, `saved` says that it was written down."""

    def __init__(self, till: Till, tasks: Tasks, session: Session, *, approvals: Approvals) -> None:
        self._till, self._tasks, self._session, self._approvals = till, tasks, session, approvals
        self.changed: Callable[[], None] = _nobody
        self.opened: Callable[[], None] = _nobody
        self.saved: Callable[[], None] = _nobody
        self.state = PlansState()

    def begin(self) -> None:
        """The screen comes to the front."""
        self._tasks.run(lambda: savings_plans.written(self._till), self._read, self._refused)

    def choose(self, key: str) -> None:
        """Open the form of a plan, or NEW's."""
        self._set(key=key, refusal=None)
        plan = self.state.plan
        if plan is not None:
            self._set(start=typed_of(plan), chosen=chosen_of(plan))
        else:
            self._set(start=_BLANK, chosen=_PLAIN)
        self.opened()

    def tap(self, group: str, key: str) -> None:
        """A choice of the form."""
        self._set(chosen=self.state.chosen.tapped(group, key), refusal=None)

    def typing(self) -> None:
        """Something is typed: what was refused before is over."""
        if self.state.refusal is not None:
            self._set(refusal=None)

    def save(self, typed: TypedPlan) -> None:
        """Write the form down, from the day in it or at once."""
        view = self.state.view
        if view is None or self.state.saving:
            return
        try:
            one = written_of(self.state.plan, typed, self.state.chosen, view.currency)
        except DomainError as error:
            self._set(refusal=error)
            return
        command = self._session.new_command()
        self._set(saving=True, refusal=None)
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: savings_plans.save(self._till, command, actor, one, from_day=typed.starts),
            done=self._kept,
            failed=self._refused,
        )

    def _read(self, view: PlansView) -> None:
        self._set(view=view)

    def _kept(self, plan: str) -> None:
        self._set(saving=False)
        self.saved()

        def read(view: PlansView) -> None:
            self._read(view)
            self.choose(plan)

        self._tasks.run(lambda: savings_plans.written(self._till), read, self._refused)

    def _refused(self, error: DomainError | None) -> None:
        self._set(saving=False, refusal=error)

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""
