"""The behaviour of the screen of promotions: one is chosen or begun, written down, tried on last month's sales. No Qt here.

A trial runs in pieces, so that it shows how far it is and can be stopped. Writing needs a permission that a manager can lend.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from salon_desk.domain.catalog import Category
from salon_desk.domain.errors import DomainError
from salon_desk.services import catalogue, promotion_desk, promotion_trial
from salon_desk.services.promotion_desk import Written
from salon_desk.services.promotion_trial import AT_ONCE, Trial
from salon_desk.services.till import Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.promotions.form import ChosenRule, TypedRule, chosen_of, typed_of, written_of
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

NEW = "new"
_BLANK: Final = TypedRule()
_PLAIN: Final = ChosenRule()


@dataclass(frozen=True, slots=True)
class Trying:
    """A trial under way or done: so many of `whole` sales were looked at; `found` so far."""

    whole: int
    found: Trial | None = None

    @property
    def done(self) -> int:
        """How many sales were looked at."""
        return self.found.tickets if self.found is not None else 0

    @property
    def is_over(self) -> bool:
        """Whether all were looked at."""
        return self.done >= self.whole


@dataclass(frozen=True, slots=True)
class PromotionsState:
    """What the screen shows. `key`: the rule whose form is open, NEW for one that is begun, empty for none."""

    rules: tuple[Written, ...] | None = None
    categories: tuple[Category, ...] = ()
    currency: str = "USD"
    key: str = ""
    start: TypedRule = _BLANK
    chosen: ChosenRule = _PLAIN
    trying: Trying | None = None
    refusal: DomainError | None = None
    saving: bool = False

    @property
    def rule(self) -> Written | None:
        """The promotion whose form is open."""
        return next((one for one in self.rules or () if one.rule.rule_id == self.key), None)


class PromotionsPresenter:
    """`changed` paints, `opened` puts words into the fields, `saved` says that it was written down."""

    def __init__(self, till: Till, tasks: Tasks, session: Session, *, approvals: Approvals) -> None:
        self._till, self._tasks, self._session, self._approvals = till, tasks, session, approvals
        self.changed: Callable[[], None] = _nobody
        self.opened: Callable[[], None] = _nobody
        self.saved: Callable[[], None] = _nobody
        self.state = PromotionsState()
        self._run = 0

    def begin(self) -> None:
        """The screen comes to the front."""
        self._tasks.run(self._reading, self._read, self._refused)

    def choose(self, key: str) -> None:
        """Open the form of a promotion, or NEW's."""
        self._stop()
        self._set(key=key, trying=None, refusal=None)
        rule = self.state.rule
        if rule is not None:
            self._set(start=typed_of(rule), chosen=chosen_of(rule))
        else:
            self._set(start=_BLANK, chosen=_PLAIN)
        self.opened()

    def tap(self, group: str, key: str) -> None:
        """A choice of the form."""
        self._set(chosen=self.state.chosen.tapped(group, key), trying=None, refusal=None)

    def typing(self) -> None:
        """Something is typed: what was tried or refused before is of another rule."""
        if self.state.trying is not None or self.state.refusal is not None:
            self._stop()
            self._set(trying=None, refusal=None)

    def save(self, typed: TypedRule) -> None:
        """Write the form down, from the day in it or at once."""
        one = self._written(typed)
        if one is None or self.state.saving:
            return
        command, day = self._session.new_command(), typed.starts
        self._set(saving=True, refusal=None)
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: promotion_desk.save(self._till, command, actor, one, from_day=day),
            done=self._kept,
            failed=self._refused,
        )

    def try_out(self, typed: TypedRule) -> None:
        """Try the form on last month's sales."""
        one, currency = self._written(typed), self.state.currency
        if one is None:
            return
        self._stop()
        run = self._run

        def work() -> tuple[str, ...]:
            promotion_desk.check(one, currency)
            return promotion_trial.sold(self._till)

        def begun(found: tuple[str, ...]) -> None:
            if run == self._run:
                self._set(trying=Trying(len(found)), refusal=None)
                self._go_on(run, one, found)

        self._tasks.run(work, begun, self._refused)

    def stop(self) -> None:
        """Try no further."""
        self._stop()
        self._set(trying=None)

    def _go_on(self, run: int, one: Written, on: tuple[str, ...]) -> None:
        """The next piece of a trial, unless it was stopped."""

        def done(found: Trial) -> None:
            trying = self.state.trying
            if run != self._run or trying is None:
                return
            whole = found if trying.found is None else trying.found + found
            # what is no sale any more counts as looked at, so that the end is reached
            looked = replace(whole, tickets=whole.tickets + len(on[:AT_ONCE]) - found.tickets)
            self._set(trying=replace(trying, found=looked))
            if on[AT_ONCE:]:
                self._go_on(run, one, on[AT_ONCE:])

        piece = on[:AT_ONCE]
        self._tasks.run(lambda: promotion_trial.tried(self._till, one.rule, piece), done, self._refused)

    def _written(self, typed: TypedRule) -> Written | None:
        try:
            return written_of(self.state.rule, typed, self.state.chosen, self.state.currency)
        except DomainError as error:
            self._set(refusal=error, trying=None)
            return None

    def _reading(self) -> tuple[tuple[Written, ...], tuple[Category, ...], str]:
        view = catalogue.view(self._till)
        categories = tuple(tiles.category for tiles in view.tiles)
        return promotion_desk.written(self._till), categories, view.shop.currency

    def _read(self, found: tuple[tuple[Written, ...], tuple[Category, ...], str]) -> None:
        rules, categories, currency = found
        self._set(rules=rules, categories=categories, currency=currency)

    def _kept(self, rule: str) -> None:
        self._set(saving=False, key=rule)
        self.saved()

        def read(found: tuple[tuple[Written, ...], tuple[Category, ...], str]) -> None:
            self._read(found)
            self.choose(rule)

        self._tasks.run(self._reading, read, self._refused)

    def _refused(self, error: DomainError | None) -> None:
        self._set(saving=False, refusal=error, trying=None)

    def _stop(self) -> None:
        self._run += 1

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""
