"""The terminal and the wallets as the counter sees them (`ui/charging.py`), on top of a till's charge desk.

No screen and no device lives here. What the desk says on the database worker is made a value there and hopped to the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from salon_desk.domain.charge import ChargeProblem, Means, TerminalState
from salon_desk.domain.charge_state import ChargeState
from salon_desk.services import charges
from salon_desk.services.charge_desk import ChargeDesk
from salon_desk.services.charges import ChargeView
from salon_desk.services.ports import ShowsCode
from salon_desk.services.till import Actor, Till
from salon_desk.ui.charging import ChargeAsk, ChargeNow, MeansNow

Submit = Callable[[Callable[[], None]], object]
"""Runs work on the database worker."""


class TillCharges(QObject):
    """Fulfils `ui.charging.ChargeLine`. Made on the UI thread; `changed` is for who hears that a device is there or gone."""

    _told = Signal(object)
    stirred = Signal()
    """Emitted on any thread when a device may be there, gone or in another state."""
    _code = Signal(str, str)

    def __init__(
        self,
        till: Till,
        desk: ChargeDesk,
        submit: Submit,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._till, self._desk, self._submit = till, desk, submit
        self._listeners: list[Callable[[], None]] = []
        self._hearers: list[Callable[[ChargeNow], None]] = []
        self._last: tuple[MeansNow, ...] = ()
        self._asked: dict[str, ChargeNow] = {}
        self._watched: dict[ShowsCode, Callable[[], None]] = {}
        self._told.connect(self._tell)
        self.stirred.connect(self.changed)
        self._code.connect(self._show_code)
        self._end = desk.listen(lambda view: self._told.emit(self._now(view)))

    def close(self) -> None:
        """Nobody listens any more."""
        self._end()
        for end in self._watched.values():
            end()

    def changed(self) -> None:
        """A device may be there, gone, or in another state. UI thread."""
        now = self.means()
        if now != self._last:
            self._last = now
            for listener in tuple(self._listeners):
                listener()

    def means(self) -> tuple[MeansNow, ...]:
        """See `ChargeLine`."""
        found = (MeansNow(means, self._desk.state(means)) for means in Means)
        return tuple(one for one in found if one.state is not TerminalState.NONE)

    def listen(self, changed: Callable[[], None]) -> None:
        """See `ChargeLine`."""
        self._listeners.append(changed)

    def hear(self, told: Callable[[ChargeNow], None]) -> None:
        """See `ChargeLine`."""
        self._hearers.append(told)

    def of_subject(self, subject: str, /) -> tuple[ChargeNow, ...]:
        """See `ChargeLine`."""
        return tuple(self._now(one) for one in charges.of_subject(self._till, subject))

    def unsettled(self) -> tuple[ChargeNow, ...]:
        """See `ChargeLine`."""
        return tuple(self._now(one) for one in charges.unsettled(self._till))

    def begin(self, command: str, actor: Actor, ask: ChargeAsk) -> ChargeNow:
        """See `ChargeLine`."""
        self._watch(ask.means)
        wanted = charges.ChargeAsk(
            ask.subject,
            ask.amount,
            ask.kind,
            ask.means,
            of_reference=ask.of,
            due=ask.due,
        )
        return self._now(self._desk.begin(command, actor, wanted, code=ask.code))

    def decide(
        self, command: str, actor: Actor, reference: str, *, charged: bool, evidence: str
    ) -> ChargeNow:
        """See `ChargeLine`."""
        return self._now(self._desk.decide(command, actor, reference, charged=charged, evidence=evidence))

    def ask_again(self, reference: str) -> None:
        """See `ChargeLine`."""
        self._submit(lambda: self._look_up(reference))

    def cancel(self, means: Means) -> None:
        """See `ChargeLine`."""
        self._desk.cancel(means)

    def _look_up(self, reference: str) -> None:
        """On the database worker: where nobody can be asked, it is told how it stands."""
        if not self._desk.look_up(reference):
            self._told.emit(self._now(charges.of_reference(self._till, reference)))

    def _watch(self, means: Means) -> None:
        """Hear of the codes that its device has guests scan."""
        device = self._desk.device(means)
        if isinstance(device, ShowsCode) and device not in self._watched:
            self._watched[device] = device.on_code(self._code.emit)

    def _show_code(self, reference: str, code: str) -> None:
        charge = self._asked.get(reference)
        if charge is not None and code:
            self._tell(replace(charge, to_scan=code))

    def _tell(self, charge: ChargeNow) -> None:
        if charge.standing is ChargeState.ASKED:
            self._asked[charge.reference] = charge
        else:
            self._asked.pop(charge.reference, None)
        for told in tuple(self._hearers):
            told(charge)
        self.changed()

    def _now(self, view: ChargeView) -> ChargeNow:
        """On the database worker: a charge that nobody is asked about any more is unknown, as after a crash."""
        problem = ChargeProblem(view.problem) if view.problem else None
        state = view.state
        if state is ChargeState.ASKED and not self._desk.is_asking(view.reference):
            state, problem = ChargeState.UNKNOWN, problem or ChargeProblem.RESTARTED
        device = self._desk.device(view.means)
        asked = state is ChargeState.ASKED
        to_scan = device.to_scan(view.reference) if asked and isinstance(device, ShowsCode) else ""
        return ChargeNow(
            reference=view.reference,
            ask=ChargeAsk(view.subject, view.amount, kind=view.kind, means=view.means, of=view.of_reference),
            standing=state,
            taken=view.approved,
            tip=view.tip,
            brand=view.brand,
            last_four=view.last_four,
            problem=problem,
            code=view.code,
            said=view.said,
            used=bool(view.used_by),
            undone=bool(view.undone_by),
            to_scan=to_scan,
        )
