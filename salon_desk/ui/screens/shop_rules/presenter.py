"""The behaviour of the screen of the shop's rules: they are read, changed at once or from a day on, a plan is taken back. No Qt.

What is typed and not saved stays when the screen is left and comes to the front again. Writing needs a permission that a manager
can lend.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from salon_desk.domain.errors import DomainError
from salon_desk.services import shop_rules
from salon_desk.services.shop_rules import Standing
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.shop_rules.form import ChosenRules, TypedRules, chosen_of, typed_of, wanted
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

_BLANK: Final = TypedRules()
_PLAIN: Final = ChosenRules()


@dataclass(frozen=True, slots=True)
class ShopRulesState:
    """What the screen shows; `standing` is None until it was read."""

    standing: Standing | None = None
    start: TypedRules = _BLANK
    chosen: ChosenRules = _PLAIN
    refusal: DomainError | None = None
    saving: bool = False


class ShopRulesPresenter:
    """`opened` puts the words of `state.start` into the fields; `saved` tells that something was written."""

    def __init__(self, till: Till, tasks: Tasks, session: Session, *, approvals: Approvals) -> None:
        self._till, self._tasks, self._session, self._approvals = till, tasks, session, approvals
        self.changed: Callable[[], None] = _nobody
        self.opened: Callable[[], None] = _nobody
        self.saved: Callable[[], None] = _nobody
        self.state = ShopRulesState()
        self._touched = False

    def begin(self) -> None:
        """The screen comes to the front."""
        if not self._touched:
            self._look()

    def tap(self, group: str, key: str) -> None:
        """A choice of the form."""
        self._touched = True
        self._set(chosen=self.state.chosen.tapped(group, key), refusal=None)

    def typing(self) -> None:
        """Something is typed: what was refused before is over."""
        self._touched = True
        if self.state.refusal is not None:
            self._set(refusal=None)

    def save(self, typed: TypedRules) -> None:
        """Write down what was changed, from the day in the form or at once."""
        standing = self.state.standing
        if standing is None:
            return
        try:
            rules = wanted(standing.rules, typed, self.state.chosen)
        except DomainError as error:
            self._set(refusal=error)
            return
        command, picture = self._session.new_command(), self.state.chosen.picture
        self._write(
            lambda actor: shop_rules.save(
                self._till, command, actor, standing.rules, rules, from_day=typed.starts, picture=picture
            ),
            self._untouched,
        )

    def take_back(self) -> None:
        """The next change that is planned does not come."""
        standing = self.state.standing
        if standing is None or not standing.planned:
            return
        command, day = self._session.new_command(), standing.planned[0].from_day
        self._write(lambda actor: shop_rules.take_back(self._till, command, actor, day), _nobody)

    def _write(self, work: Callable[[Actor], None], then: Callable[[], None]) -> None:
        if self.state.saving:
            return

        def done(_none: None) -> None:
            then()
            self._set(saving=False)
            self.saved()
            self._look()

        self._set(saving=True, refusal=None)
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            work,
            done=done,
            failed=self._refused,
        )

    def _untouched(self) -> None:
        self._touched = False

    def _look(self) -> None:
        self._tasks.run(lambda: shop_rules.standing(self._till), self._read, self._refused)

    def _read(self, standing: Standing) -> None:
        rules, before = standing.rules, self.state.standing
        if self._touched and before is not None:
            # what is typed was typed over the rules that stood then
            self._set(standing=replace(before, planned=standing.planned))
            return
        self._set(standing=standing, start=typed_of(rules), chosen=chosen_of(rules), refusal=None)
        self.opened()
        self._touched = False

    def _refused(self, error: DomainError | None) -> None:
        self._set(saving=False, refusal=error)

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""
