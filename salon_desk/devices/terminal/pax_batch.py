"""Closing the batch of a PAX terminal: counted record by record first, then closed.

No journal is compared here. The one rule to know: the answer to a close tells no returns apart, so what the batch holds
is counted while it is open, and a close whose answer was lost is known by the batch being empty afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.devices.terminal import pax_messages as messages
from salon_desk.devices.terminal.driver import TerminalTiming
from salon_desk.devices.terminal.pax_exchange import NoReply, NotTaken, Replied
from salon_desk.devices.terminal.pax_line import PaxLine
from salon_desk.devices.terminal.pax_messages import Code, Command, Deed, Told
from salon_desk.domain.charge import BatchFailed, BatchTotals, ChargeProblem
from salon_desk.domain.money import Money

_MOST_RECORDS = 10_000
_CLOSED = frozenset({Code.OK, Code.OUT_OF_BALANCE})


@dataclass(frozen=True, slots=True)
class _Counted:
    records: int = 0
    sales: int = 0
    sold: int = 0
    returns: int = 0
    returned: int = 0
    batch: str = ""

    def with_record(self, told: Told) -> _Counted:
        cents = told.approved or 0
        sale, given_back = told.deed == Deed.SALE, told.deed == Deed.RETURN
        return _Counted(
            self.records + 1,
            self.sales + sale,
            self.sold + cents * sale,
            self.returns + given_back,
            self.returned + cents * given_back,
            told.batch or self.batch,
        )


class PaxBatch:
    """The batch of one terminal; `asked`: the last `close` reached it. May raise PortTrouble; thread: the port's."""

    def __init__(self, line: PaxLine, timing: TerminalTiming, currency: str) -> None:
        self._line = line
        self._timing = timing
        self._currency = currency
        self.asked = False

    def close(self) -> BatchTotals | BatchFailed:
        """Count, close, and say what was counted; nothing is closed that could not be counted."""
        self.asked = False
        problem = self._line.knock()
        if problem is not None:
            return BatchFailed(problem)
        counted = self._count()
        if isinstance(counted, ChargeProblem):
            return BatchFailed(counted)
        outcome = self._line.ask(
            messages.close(),
            lambda frame: frame.command == Command.CLOSE.answer,
            patience_s=self._timing.batch_s,
            once=True,
        )
        self.asked = not isinstance(outcome, NotTaken)
        match outcome:
            case NotTaken():
                return BatchFailed(outcome.problem)
            case NoReply():
                return self._after_silence(counted, outcome.problem)
            case Replied():
                told = messages.read_close(outcome.frame)
                if told.code not in _CLOSED:
                    return self._after_silence(counted, ChargeProblem.GARBLED)
                return self._totals(counted, told.batch or counted.batch)

    def _count(self) -> _Counted | ChargeProblem:
        counted, total = _Counted(), 1
        while counted.records < total:
            told = self._record(counted.records)
            if isinstance(told, ChargeProblem):
                return told
            if messages.is_not_found(told) and not counted.records:
                return counted
            if not told.found or told.record != counted.records or not 0 < told.records <= _MOST_RECORDS:
                return ChargeProblem.GARBLED
            total = told.records
            counted = counted.with_record(told)
        return counted

    def _after_silence(self, counted: _Counted, problem: ChargeProblem) -> BatchTotals | BatchFailed:
        """A batch that held something and is empty now was closed."""
        if counted.records and self._line.knock() is None:
            first = self._record(0)
            if isinstance(first, Told) and messages.is_not_found(first):
                return self._totals(counted, counted.batch)
        return BatchFailed(problem)

    def _record(self, number: int) -> Told | ChargeProblem:
        return self._line.read(messages.record_at(number), Command.RECORD, messages.read_record)

    def _totals(self, counted: _Counted, batch: str) -> BatchTotals:
        return BatchTotals(
            batch,
            counted.sales,
            Money(counted.sold, self._currency),
            counted.returns,
            Money(counted.returned, self._currency),
        )
