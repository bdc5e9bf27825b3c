"""The shift screen's behaviour: opening, cash in and out, tips, an X; the close is in `closing.py`.

No Qt here. A command id is made when a form opens, so that a second tap does the same thing once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.domain.shift import Denomination, ShiftState
from salon_desk.services import shifts
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.batch_desk import BatchDesk
from salon_desk.ui.screens.shift import reading
from salon_desk.ui.screens.shift.reading import ShiftFacts
from salon_desk.ui.screens.shift.state import Movement, MovementForm, Page, ShiftScreenState, TipsForm
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ShiftWays:
    """Where this screen leads: after opening to the checkout, after closing wherever the shop ends its day."""

    opened: Callable[[], None]
    closed: Callable[[], None]


class ShiftPresenter:
    """`refuse` shows a refusal; `told` gets what was done: a movement with its amount, or "x"."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        *,
        approvals: Approvals,
        ways: ShiftWays,
        batch: BatchDesk | None = None,
    ) -> None:
        """`batch`: the card terminal that closes its batch itself, where there is one."""
        self.batch = batch
        self.till, self.session, self.ways = till, session, ways
        self._tasks, self._approvals = tasks, approvals
        self.changed: Callable[[], None] = _nobody
        self.refuse: Callable[[DomainError], None] = _ignore
        self.told: Callable[[Movement | str, Money | None], None] = _ignore_told
        self.state = ShiftScreenState()

    def begin(self) -> None:
        """The screen comes to the front: how does the shift stand."""
        self._tasks.run(lambda: reading.facts(self.till), self._read, self.refuse)

    def open_shift(self, counts: Mapping[str, int]) -> None:
        """Open the shift with what was counted, by cents of a piece."""
        if self.state.saving or not self.state.commands:
            return
        command, pieces = self.state.commands[0], denominations(counts)
        self.set(saving=True)

        def done(_opened: object) -> None:
            self.set(saving=False)
            self.begin()
            self.ways.opened()

        self.run(
            lambda actor: shifts.open_shift(self.till, command, actor, denominations=pieces),
            done,
            lambda: self.set(saving=False),
        )

    def begin_movement(self, kind: Movement) -> None:
        """Somebody wants to put cash in or take it out."""
        self.set(page=Page.MOVEMENT, movement=MovementForm(kind, self.session.new_command()))

    def type_amount(self, keys: str) -> None:
        """Digits of the amount."""
        self._set_movement(lambda form: replace(form, entry=form.entry.press(keys)))

    def erase_amount(self) -> None:
        """The last digit away."""
        self._set_movement(lambda form: replace(form, entry=form.entry.erase()))

    def choose_reason(self, reason: str) -> None:
        """Why."""
        self._set_movement(lambda form: replace(form, reason=reason.strip()))

    def move(self) -> None:
        """Record the movement."""
        form, facts = self.state.movement, self.state.facts
        if form is None or facts is None or form.saving or not ready(form):
            return
        amount = form.entry.money(facts.shop.currency)
        self._set_movement(lambda one: replace(one, saving=True))

        def done(_nothing: None) -> None:
            self.home()
            self.told(form.kind, amount)

        self.run(
            lambda actor: _move(self.till, actor, form, amount),
            done,
            lambda: self._set_movement(lambda one: replace(one, saving=False)),
        )

    def begin_tips(self) -> None:
        """Pay tips that are owed."""
        self.set(page=Page.TIPS, tips=self.fresh_tips())

    def fresh_tips(self) -> TipsForm:
        """Everybody who is owed something is paid, until somebody says otherwise."""
        due = self.state.facts.status.tips_due if self.state.facts else ()
        return TipsForm(self.session.new_command(), frozenset(who for who, amount in due if amount))

    def toggle_tip(self, who: str) -> None:
        """Pay this person now, or leave it owed."""
        form = self.state.tips
        if form is not None:
            self.set(tips=replace(form, paying=form.paying ^ {who}))

    def pay_tips(self) -> None:
        """Pay the chosen tips from the drawer."""

        def paid(amount: Money) -> None:
            self.home()
            self.told("tips", amount)

        self.pay_chosen(paid)

    def pay_chosen(self, done: Callable[[Money], object]) -> None:
        """Pay the chosen tips, then `done` with what was paid."""
        form, facts = self.state.tips, self.state.facts
        if form is None or facts is None or form.saving:
            return
        chosen = tuple((who, tip) for who, tip in facts.status.tips_due if who in form.paying and tip)
        paid = Money(sum(tip.cents for _who, tip in chosen), facts.shop.currency)
        self.set(tips=replace(form, saving=True))
        self.run(
            lambda actor: shifts.pay_tips(self.till, form.command, actor, tips=chosen),
            lambda _nothing: done(paid),
            lambda: self.set(tips=replace(form, saving=False)),
        )

    def print_x(self, language: str) -> None:
        """Print an X report."""
        self.run(
            lambda actor: shifts.print_x(self.till, actor, language),
            lambda _job: self.told("x", None),
            _nobody,
        )

    def home(self) -> None:
        """Back to the shift as it stands."""
        self.set(page=Page.HOME, movement=None, tips=None, close=None)
        self.begin()

    def run(
        self, work: Callable[[Actor], T], done: Callable[[T], object], failed: Callable[[], None]
    ) -> None:
        """Run as whoever is signed in, or with a manager's approval; a refusal is shown after `failed`."""

        def refused(error: DomainError | None) -> None:
            failed()
            if error is not None:
                self.refuse(error)

        def answered(result: T) -> None:
            done(result)

        run_approved(self._tasks, self._approvals, self.session.actor, work, done=answered, failed=refused)

    def set(self, **changes: object) -> None:
        """Change the state and tell the view."""
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()

    def _read(self, facts: ShiftFacts) -> None:
        page = self.state.page
        shift = facts.status.shift
        if shift is None and not (page is Page.CLOSE and self.state.close and self.state.close.z):
            commands = self.state.commands or (self.session.new_command(),)
            self.set(facts=facts, page=Page.OPEN, commands=commands, movement=None, tips=None, close=None)
            return
        if page in (Page.WAITING, Page.OPEN) or (shift and shift.state is not ShiftState.OPEN):
            page = page if page is Page.CLOSE else Page.HOME
        self.set(facts=facts, page=page, commands=())

    def _set_movement(self, change: Callable[[MovementForm], MovementForm]) -> None:
        if self.state.movement is not None:
            self.set(movement=change(self.state.movement))


def denominations(counts: Mapping[str, int]) -> tuple[Denomination, ...]:
    """Counts by cents of a piece, as the services take them."""
    return tuple(Denomination(int(cents), count) for cents, count in counts.items() if count)


def ready(form: MovementForm) -> bool:
    """Whether nothing is missing: an amount, and a reason where one is asked for."""
    amount = form.kind is Movement.NO_SALE or bool(form.entry.number)
    reason = form.kind is Movement.DROP or bool(form.reason)
    return amount and reason


def _move(till: Till, actor: Actor, form: MovementForm, amount: Money) -> None:
    match form.kind:
        case Movement.PAID_IN:
            shifts.pay_in(till, form.command, actor, amount=amount, reason=form.reason)
        case Movement.PAID_OUT:
            shifts.pay_out(till, form.command, actor, amount=amount, reason=form.reason)
        case Movement.DROP:
            shifts.drop(till, form.command, actor, amount=amount, reason=form.reason)
        case Movement.NO_SALE:
            shifts.no_sale(till, form.command, actor, reason=form.reason)
        case _:
            assert_never(form.kind)


def _nobody() -> None:
    """Nobody looks yet."""


def _ignore(_told: object) -> None:
    """Nobody listens yet."""


def _ignore_told(_what: object, _amount: object) -> None:
    """Nobody listens yet."""
