"""The close of a shift, step by step: tips, blind count, card machine, over or short, confirm, Z.

No Qt here. The count is recorded before what was expected is read; a close that was broken off goes on where it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from salon_desk.domain.charge import BatchFailed
from salon_desk.domain.money import Money
from salon_desk.domain.shift import ShiftState
from salon_desk.operations.shift import ShiftClosed
from salon_desk.services import shifts
from salon_desk.services.batches import Compared
from salon_desk.services.shifts import Counted
from salon_desk.services.till import Actor
from salon_desk.ui.screens.shift import reading
from salon_desk.ui.screens.shift.presenter import ShiftPresenter, denominations
from salon_desk.ui.screens.shift.state import STEPS, CloseForm, CloseStep, Page


class ShiftClosing:
    """Goes through the steps of one close, on the state of the presenter."""

    def __init__(self, presenter: ShiftPresenter) -> None:
        self._presenter = presenter

    def begin(self) -> None:
        """Begin to close, or go on where a close was broken off."""
        facts = self._presenter.state.facts
        if facts is None or facts.status.shift is None:
            return
        shift = facts.status.shift
        commands = {step: self._presenter.session.new_command() for step in STEPS}
        steps = STEPS if any(amount for _who, amount in facts.status.tips_due) else STEPS[1:]
        batch = self._presenter.batch
        by_terminal = batch is not None and batch.is_there()
        form = CloseForm(steps[0], commands, steps, by_terminal=by_terminal)
        if shift.state is ShiftState.COUNTED:
            step = CloseStep.BATCH if shift.card_batch is None else CloseStep.RESULT
            form = replace(form, step=step, compared=facts.compared, machine=shift.card_batch)
        self._presenter.set(page=Page.CLOSE, close=form, tips=self._presenter.fresh_tips())

    def leave(self) -> None:
        """Back to the shift: only before the count, afterwards the close waits where it is."""
        self._presenter.home()

    def pay_tips(self) -> None:
        """Pay the chosen tips and go on."""
        self._presenter.pay_chosen(self._tips_paid)

    def skip_tips(self) -> None:
        """Leave them owed and go on."""
        self._go(CloseStep.COUNT)

    def count(self, counts: Mapping[str, int]) -> None:
        """Give the blind count, once."""
        form = self._begin_saving()
        if form is None:
            return
        presenter, pieces = self._presenter, denominations(counts)
        command = form.commands[CloseStep.COUNT]
        presenter.run(
            lambda actor: shifts.count(presenter.till, command, actor, denominations=pieces),
            self._counted,
            self._stop_saving,
        )

    def type_batch(self, keys: str) -> None:
        """Digits of the card machine's total."""
        form = self._form
        if form is not None:
            self._set(replace(form, batch=form.batch.press(keys)))

    def erase_batch(self) -> None:
        """The last digit away."""
        form = self._form
        if form is not None:
            self._set(replace(form, batch=form.batch.erase()))

    def give_batch(self) -> None:
        """Compare the card machine's total."""
        form, facts = self._begin_saving(), self._presenter.state.facts
        if form is None or facts is None:
            return
        presenter, machine = self._presenter, form.batch.money(facts.shop.currency)
        command = form.commands[CloseStep.BATCH]

        def compared(_difference: Money) -> None:
            self._go(CloseStep.RESULT, machine=machine)

        presenter.run(
            lambda actor: shifts.close_card_batch(presenter.till, command, actor, machine=machine),
            compared,
            self._stop_saving,
        )

    def close_terminal(self) -> None:
        """Let the terminal count and close its batch, and compare it."""
        batch = self._presenter.batch
        if batch is None or self._begin_saving() is None:
            return
        command = self._presenter.session.new_command()
        approved: list[Actor] = []

        def close(actor: Actor) -> None:
            approved[:] = [actor]
            batch.close_batch(command, actor, lambda result: self._terminal_closed(approved[0], result))

        self._presenter.run(close, _nothing_more, self._stop_saving)

    def by_hand(self) -> None:
        """Type the total after all."""
        if self._form is not None:
            self._set(replace(self._form, by_terminal=False, saving=False))

    def _terminal_closed(self, actor: Actor, result: Compared | BatchFailed) -> None:
        """What the terminal counted is noted with the shift, by whom the close was approved."""
        form, presenter = self._form, self._presenter
        if form is None or form.step is not CloseStep.BATCH or not form.by_terminal:
            return
        if isinstance(result, BatchFailed):
            self._set(replace(form, saving=False, terminal_failed=True))
            return
        machine = result.batch.sold - result.batch.returned
        if machine.cents < 0:
            self._go(CloseStep.RESULT, terminal=result)
            return
        command = form.commands[CloseStep.BATCH]
        presenter.run(
            lambda _mine: shifts.close_card_batch(presenter.till, command, actor, machine=machine),
            lambda _difference: self._go(CloseStep.RESULT, machine=machine, terminal=result),
            self._stop_saving,
        )

    def no_batch(self) -> None:
        """There is no card machine, or it cannot print today."""
        self._go(CloseStep.RESULT)

    def accept(self) -> None:
        """Over or short was seen."""
        self._go(CloseStep.CONFIRM)

    def close(self, language: str) -> None:
        """Close the shift: its Z prints in this language."""
        form = self._begin_saving()
        if form is None:
            return
        presenter, command = self._presenter, form.commands[CloseStep.CONFIRM]
        presenter.run(
            lambda actor: shifts.close(presenter.till, command, actor, print_language=language),
            self._closed,
            self._stop_saving,
        )

    def print_again(self, language: str) -> None:
        """Print the Z once more, as a copy."""
        form = self._form
        if form is None or form.z is None:
            return
        shift, presenter = form.z.shift, self._presenter
        presenter.run(
            lambda actor: reading.reprint_z(presenter.till, actor, shift, language),
            lambda _nothing: presenter.told("copy", None),
            _nothing_to_do,
        )

    def finish(self) -> None:
        """The day is done."""
        self._presenter.set(page=Page.WAITING, close=None, tips=None)
        self._presenter.begin()
        self._presenter.ways.closed()

    @property
    def _form(self) -> CloseForm | None:
        return self._presenter.state.close

    def _begin_saving(self) -> CloseForm | None:
        form = self._form
        if form is None or form.saving:
            return None
        self._set(replace(form, saving=True))
        return form

    def _stop_saving(self) -> None:
        if self._form is not None:
            self._set(replace(self._form, saving=False))

    def _tips_paid(self, paid: Money) -> None:
        self._go(CloseStep.COUNT, paid=paid)

    def _counted(self, compared: Counted) -> None:
        self._go(CloseStep.BATCH, compared=compared)

    def _closed(self, z: ShiftClosed) -> None:
        self._go(CloseStep.CLOSED, z=z)

    def _go(self, step: CloseStep, **changes: object) -> None:
        if self._form is not None:
            self._set(replace(self._form, step=step, saving=False, **changes))  # type: ignore[arg-type]

    def _set(self, form: CloseForm) -> None:
        self._presenter.set(close=form)


def _nothing_more(_asked: None) -> None:
    """The terminal tells by itself when it is done."""


def _nothing_to_do() -> None:
    """A refusal is shown; nothing else was begun."""
