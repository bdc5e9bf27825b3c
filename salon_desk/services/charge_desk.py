"""The payment devices at work: a charge that is written down is asked once, its answer is kept, whoever listens is told.

What may be charged is in `charges.py`, bytes are in `devices`. The one rule: nothing is asked a second time by itself; where no
answer came the device is asked what became of it, by its reference, which moves no money.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace

from salon_desk.domain.access import Permission
from salon_desk.domain.charge import (
    Answer,
    BatchFailed,
    BatchTotals,
    ChargeProblem,
    Means,
    TerminalState,
    Unknown,
)
from salon_desk.services import batches, charges
from salon_desk.services.batches import Compared
from salon_desk.services.charge_errors import TerminalMissing
from salon_desk.services.charges import Begun, ChargeAsk, ChargeView
from salon_desk.services.ports import PaymentTerminal
from salon_desk.services.till import Actor, Till
from salon_desk.storage.errors import CannotRecord, StoreStopped

Submit = Callable[[Callable[[], None]], object]
"""Runs work on the database worker."""
Listener = Callable[[ChargeView], None]

_log = logging.getLogger(__name__)


class ChargeDesk:
    """Asks one till's payment devices. Every method runs on the database worker unless it says otherwise."""

    def __init__(self, till: Till, submit: Submit, terminals: Mapping[Means, PaymentTerminal]) -> None:
        self._till = till
        self._submit = submit
        self._terminals = dict(terminals)
        self._names: dict[Means, tuple[str, ...]] = {}
        self._in_hand: set[tuple[str, int]] = set()
        self._listeners: tuple[Listener, ...] = ()

    def begin(self, command_id: str, actor: Actor, ask: ChargeAsk, *, code: str = "") -> ChargeView:
        """Write a charge down and ask its device, once; the same command again asks nothing. The answer comes to who listens.

        `code`: what the guest's wallet shows; it is never kept. Raises TerminalMissing and what `charges.begin` raises.
        """
        self._device(ask.means)
        if names := self._names.get(ask.means):
            ask = replace(ask, terminal=names[-1])
        return self._ask(charges.begin(self._till, command_id, actor, ask), code)

    def again(self, command_id: str, actor: Actor, reference: str, *, code: str = "") -> ChargeView:
        """Ask a charge that was certainly not made once more, by the same reference.

        Raises TerminalMissing and what `charges.again` raises.
        """
        self._device(charges.of_reference(self._till, reference).means)
        return self._ask(charges.again(self._till, command_id, actor, reference), code)

    def look_up(self, reference: str) -> bool:
        """Ask the device what became of an open charge; False where it is known, is being asked, or there is no device.

        Another terminal than the one that was asked knows nothing of it, and is not asked. Raises UnknownCharge.
        """
        view = charges.of_reference(self._till, reference)
        device = self._terminals.get(view.means)
        names = self._names.get(view.means, ())
        other = bool(names and view.terminal) and view.terminal not in names
        if not view.is_open or device is None or other or self.is_asking(reference):
            return False
        charge = charges.asked(self._till, reference)
        self._send(view, lambda: device.look_up(charge), looked_up=True)
        return True

    def look_up_open(self) -> int:
        """Ask about every open charge: at start, and when a device is back. How many were asked about."""
        return sum(self.look_up(one.reference) for one in charges.unsettled(self._till) if one.is_open)

    def decide(
        self,
        command_id: str,
        actor: Actor,
        reference: str,
        *,
        charged: bool,
        evidence: str,
        last_four: str = "",
    ) -> ChargeView:
        """A manager decides (`charges.decide`), and whoever listens is told."""
        view = charges.decide(
            self._till,
            command_id,
            actor,
            reference,
            charged=charged,
            evidence=evidence,
            last_four=last_four,
        )
        self._tell(view)
        return view

    def is_asking(self, reference: str) -> bool:
        """Whether the device's answer about a charge is waited for."""
        return any(one == reference for one, _attempt in self._in_hand)

    def cancel(self, means: Means = Means.TERMINAL) -> None:
        """Tell a device to give up what it waits for; its answer still decides. Any thread."""
        if (device := self._terminals.get(means)) is not None:
            device.cancel()

    def state(self, means: Means = Means.TERMINAL) -> TerminalState:
        """How a device was heard last. Any thread."""
        device = self._terminals.get(means)
        return TerminalState.NONE if device is None else device.state()

    def close_batch(
        self, command_id: str, actor: Actor, terminal: str, done: Callable[[Compared | BatchFailed], None]
    ) -> None:
        """Close the terminal's batch and compare it with ours; `done` hears of it on the database worker.

        Raises PermissionNeeded, TerminalMissing.
        """
        actor.require(Permission.CLOSE_SHIFT)
        device = self._device(Means.TERMINAL)

        def kept(totals: BatchTotals | BatchFailed) -> None:
            if isinstance(totals, BatchFailed):
                done(totals)
            else:
                try:
                    compared: Compared | BatchFailed = batches.closed(
                        self._till, command_id, actor, terminal, totals
                    )
                except (CannotRecord, StoreStopped):
                    _log.exception("the batch of %s was closed and could not be kept", terminal)
                    compared = BatchFailed(ChargeProblem.OUT_OF_REACH)
                done(compared)

        def hop(future: Future[BatchTotals | BatchFailed]) -> None:
            failed = BatchFailed(ChargeProblem.SILENT)
            totals = failed if future.cancelled() or future.exception() else future.result()
            self._submit(lambda: kept(totals))

        device.close_batch().add_done_callback(hop)

    def use(self, means: Means, device: PaymentTerminal | None, *, name: str = "") -> None:
        """Take another device for these means from now on; answers of the old one still count. `name`: as `ChargeAsk.terminal`."""
        renamed = self._names.get(means, ()) if device is self._terminals.get(means) else ()
        self._names[means] = (*renamed, name) if name else ()
        if device is None:
            self._terminals.pop(means, None)
        else:
            self._terminals[means] = device

    def device(self, means: Means = Means.TERMINAL) -> PaymentTerminal | None:
        """The device for these means, None for none."""
        return self._terminals.get(means)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Be told of every change of a charge, on the database worker; what is returned ends that. Any thread."""
        self._listeners = (*self._listeners, listener)

        def end() -> None:
            self._listeners = tuple(one for one in self._listeners if one is not listener)

        return end

    def _device(self, means: Means) -> PaymentTerminal:
        found = self._terminals.get(means)
        if found is None or found.state() is TerminalState.NONE:
            raise TerminalMissing(means.value)
        return found

    def _ask(self, begun: Begun, code: str) -> ChargeView:
        if begun.fresh:
            device = self._device(begun.view.means)
            charge = replace(begun.charge, code=code)
            self._in_hand.add((begun.view.reference, begun.view.attempt))
            self._tell(begun.view)
            self._send(begun.view, lambda: device.charge(charge), looked_up=False)
        return begun.view

    def _send(self, view: ChargeView, ask: Callable[[], Future[Answer]], *, looked_up: bool) -> None:
        key = (view.reference, view.attempt)
        self._in_hand.add(key)
        try:
            answer = ask()
        except Exception:
            # what a driver did before it failed is not known either
            _log.exception("the device of charge %s failed", view.reference)
            self._heard(key, Unknown(view.reference, ChargeProblem.SILENT), looked_up=looked_up)
            return
        answer.add_done_callback(lambda done: self._hop(key, done, looked_up=looked_up))

    def _hop(self, key: tuple[str, int], done: Future[Answer], *, looked_up: bool) -> None:
        """On a thread of the device's: the answer goes to the database worker."""
        answer: Answer = Unknown(key[0], ChargeProblem.SILENT)
        if not done.cancelled():
            if (error := done.exception()) is None:
                answer = done.result()
            else:
                _log.error("the device of charge %s failed", key[0], exc_info=error)
        try:
            self._submit(lambda: self._heard(key, answer, looked_up=looked_up))
        except RuntimeError:
            # the till ends: it asks by reference when it starts again; or it has too much to do, and somebody asks again
            self._in_hand.discard(key)
            _log.warning("the answer about charge %s comes too late", key[0])

    def _heard(self, key: tuple[str, int], answer: Answer, *, looked_up: bool) -> None:
        reference, attempt = key
        self._in_hand.discard(key)
        try:
            view = charges.answered(self._till, answer, attempt=attempt, looked_up=looked_up)
        except (CannotRecord, StoreStopped):
            _log.exception("the answer about charge %s could not be kept", reference)
            view = charges.of_reference(self._till, reference)
        if isinstance(answer, Unknown) and not looked_up and view.is_open and self.look_up(reference):
            return
        self._tell(view)

    def _tell(self, view: ChargeView) -> None:
        for listener in self._listeners:
            try:
                listener(view)
            except Exception:
                _log.exception("somebody who listens to charges failed")
