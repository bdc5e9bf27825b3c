"""PAX terminals, semi-integrated: the questions of a till in the right order, over TCP (port 10009) or a serial line.

Bytes are `pax_exchange`'s, fields `pax_messages`', and what is believed `pax_belief`'s. The rules to know: an idle
terminal is knocked at before money is asked for, what moves money is sent once, and "not found" counts only after an
idle terminal said that it is idle.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.terminal import pax_messages as messages
from salon_desk.devices.terminal.driver import Surroundings, TerminalReport, TipAdjustment
from salon_desk.devices.terminal.pax_batch import PaxBatch
from salon_desk.devices.terminal.pax_belief import (
    DEEDS,
    believed_answer,
    believed_record,
    believed_void,
    is_as_asked,
    is_ours,
    is_same_money,
)
from salon_desk.devices.terminal.pax_exchange import NoReply, NotTaken, Replied
from salon_desk.devices.terminal.pax_frames import Frame
from salon_desk.devices.terminal.pax_line import PaxLine
from salon_desk.devices.terminal.pax_messages import Code, Command, Deed, Told, Trace, Unreadable
from salon_desk.domain.charge import (
    Answer,
    Approved,
    BatchFailed,
    BatchTotals,
    Charge,
    ChargeProblem,
    Declined,
    NotFound,
    NotSent,
    TerminalState,
    Unknown,
)
from salon_desk.domain.money import Money

PAX_PORT = 10009


@dataclass(frozen=True, slots=True)
class PaxSettings:
    """How a shop uses its terminal. `command`: credit, or debit where the processor has it apart."""

    command: Command = Command.CREDIT
    ask_tip: bool = True


class PaxDriver:
    """One PAX terminal. `currency` is the shop's: the terminal knows none."""

    def __init__(self, around: Surroundings, currency: str, settings: PaxSettings | None = None) -> None:
        self._around = around
        self._settings = settings or PaxSettings()
        self._line = PaxLine(around)
        self._batch = PaxBatch(self._line, around.timing, currency)
        self._of_batch: set[str] | None = None

    def report(self) -> TerminalReport:
        """Ask how it is; see `TerminalDriver`."""
        try:
            problem = self._line.knock(tries=1)
        except PortTrouble as trouble:
            return TerminalReport(TerminalState.OFFLINE, trouble.problem)
        match problem:
            case None:
                return TerminalReport(TerminalState.READY)
            case ChargeProblem.BUSY:
                return TerminalReport(TerminalState.BUSY)
            case ChargeProblem.OUT_OF_REACH:
                return TerminalReport(TerminalState.OFFLINE, PortProblem.GONE)
            case _:
                return TerminalReport(TerminalState.UNKNOWN)

    def charge(self, charge: Charge, give_up: threading.Event) -> Answer:
        """Knock, ask once, believe or ask by reference; see `TerminalDriver`."""
        try:
            problem = self._line.knock()
            if problem is not None:
                return NotSent(charge.reference, problem)
            if self._of_batch is not None:
                self._of_batch.add(charge.reference)
            outcome = self._line.ask(
                self._request(charge),
                lambda frame: self._is_answer_to(frame, charge.reference),
                patience_s=self._around.timing.patience_s,
                once=True,
                give_up=give_up,
            )
        except PortTrouble as trouble:
            return NotSent(charge.reference, _out_of_reach(trouble))
        match outcome:
            case NotTaken():
                return NotSent(charge.reference, outcome.problem)
            case NoReply():
                return Unknown(charge.reference, self._why(outcome))
            case Replied():
                return self._answer(charge, outcome.frame)

    def look_up(self, charge: Charge) -> Answer:
        """Knock, then ask by reference; see `TerminalDriver`."""
        try:
            return self._looked_up(charge)
        except PortTrouble as trouble:
            return Unknown(charge.reference, _out_of_reach(trouble))

    def adjust_tip(self, adjustment: TipAdjustment) -> Answer:
        """Put a tip on a charge, then read it back; see `TerminalDriver`."""
        try:
            return self._adjusted(adjustment)
        except PortTrouble as trouble:
            return NotSent(adjustment.reference, _out_of_reach(trouble))

    def close_batch(self) -> BatchTotals | BatchFailed:
        """Count record by record, then close; see `TerminalDriver`."""
        try:
            return self._batch.close()
        except PortTrouble as trouble:
            return BatchFailed(_out_of_reach(trouble))
        finally:
            if self._batch.asked:
                self._of_batch = set()

    def _request(self, charge: Charge) -> bytes:
        deed = DEEDS[charge.kind]
        trace = Trace(charge.reference, charge.of_reference, charge.of_transaction)
        ask_tip = self._settings.ask_tip and charge.asks_tip and deed is Deed.SALE
        return messages.transaction(self._settings.command, deed, charge.amount.cents, trace, ask_tip=ask_tip)

    def _is_answer_to(self, frame: Frame, reference: str) -> bool:
        """Whether to stop waiting: it says it is about this, or does not say about which."""
        if frame.command != self._settings.command.answer:
            return False
        try:
            told = messages.read_transaction(frame)
        except Unreadable:
            return True
        return not told.reference or is_ours(told, reference)

    def _answer(self, charge: Charge, frame: Frame) -> Answer:
        try:
            told = messages.read_transaction(frame)
        except Unreadable:
            return self._settled(charge, None)
        answer = believed_answer(charge, told)
        return self._confirmed(charge, answer) if answer is not None else self._settled(charge, told)

    def _confirmed(self, charge: Charge, answer: Answer) -> Answer:
        """Another amount than what was asked (a tip, a part) is believed if a second reading says the same."""
        if not isinstance(answer, Approved) or is_as_asked(charge, answer):
            return answer
        told = self._record(charge.reference)
        if isinstance(told, ChargeProblem):
            return Unknown(charge.reference, told)
        if is_same_money(answer, believed_record(charge, told)):
            return answer
        return Unknown(charge.reference, ChargeProblem.GARBLED)

    def _settled(self, charge: Charge, told: Told | None) -> Answer:
        """An answer that says neither yes nor no, or not for sure: the terminal's own record decides."""
        found = self.look_up(charge)
        match found:
            case Approved() | Declined():
                return found
            case NotFound(idle=True) if told is not None and told.code not in Code.APPROVED:
                return Declined(charge.reference, told.code, told.said)
            case _:
                duplicate = told is not None and told.code == Code.DUPLICATE
                return Unknown(
                    charge.reference, ChargeProblem.DUPLICATE if duplicate else ChargeProblem.GARBLED
                )

    def _looked_up(self, charge: Charge) -> Answer:
        problem = self._line.knock()
        if problem is not None and problem is not ChargeProblem.BUSY:
            return Unknown(charge.reference, problem)
        told = self._record(charge.reference)
        if isinstance(told, ChargeProblem):
            return Unknown(charge.reference, problem or told)
        if not messages.is_not_found(told):
            answer = believed_record(charge, told) or Unknown(charge.reference, ChargeProblem.GARBLED)
            return self._confirmed(charge, answer)
        if charge.of_reference:
            original = self._record(charge.of_reference)
            if isinstance(original, ChargeProblem):
                return Unknown(charge.reference, problem or original)
            if (void := believed_void(charge, original)) is not None:
                return void
        return NotFound(charge.reference, idle=problem is None and self._would_be_here(charge.reference))

    def _would_be_here(self, reference: str) -> bool:
        """A terminal finds what its open batch holds: of what was asked before we closed one, it can say nothing."""
        return self._of_batch is None or reference in self._of_batch

    def _record(self, reference: str) -> Told | ChargeProblem:
        """The record of a reference as told, whatever it says; the problem if nothing readable came."""
        try:
            return self._line.read(messages.record_of(reference), Command.RECORD, messages.read_record)
        except PortTrouble as trouble:
            return _out_of_reach(trouble)

    def _adjusted(self, adjustment: TipAdjustment) -> Answer:
        reference = adjustment.reference
        problem = self._line.knock()
        if problem is not None:
            return NotSent(reference, problem)
        trace = Trace(reference, adjustment.of_reference, adjustment.of_transaction)
        outcome = self._line.ask(
            messages.transaction(self._settings.command, Deed.ADJUST, adjustment.tip.cents, trace),
            lambda frame: self._is_answer_to(frame, reference),
            patience_s=self._around.timing.reply_s,
            once=True,
        )
        match outcome:
            case NotTaken():
                return NotSent(reference, outcome.problem)
            case NoReply():
                return Unknown(reference, self._why(outcome))
            case Replied():
                return self._tipped(adjustment, messages.read_code(outcome.frame))

    def _tipped(self, adjustment: TipAdjustment, said: Told) -> Answer:
        """What the charge's own record says of its tip now."""
        told = self._record(adjustment.of_reference)
        currency = adjustment.tip.currency
        if isinstance(told, Told) and told.found and is_ours(told, adjustment.of_reference):
            whole = adjustment.asked + adjustment.tip
            if told.tip == adjustment.tip.cents and told.approved == whole.cents:
                return Approved(
                    adjustment.reference, whole, Money(told.tip, currency), transaction=told.transaction
                )
            if said.code not in Code.APPROVED:
                return Declined(adjustment.reference, said.code, said.said)
        return Unknown(adjustment.reference, ChargeProblem.GARBLED)

    def _why(self, outcome: NoReply) -> ChargeProblem:
        """No answer came: is it at work, did it restart, is it gone?"""
        if not outcome.acked and not outcome.gone:
            return outcome.problem
        try:
            now = self._line.knock(tries=1)
        except PortTrouble:
            return ChargeProblem.OUT_OF_REACH
        if now is ChargeProblem.BUSY:
            return ChargeProblem.WAITING_FOR_GUEST
        if outcome.gone and now is None:
            return ChargeProblem.RESTARTED
        return outcome.problem


def _out_of_reach(trouble: PortTrouble) -> ChargeProblem:
    return ChargeProblem.BUSY if trouble.problem is PortProblem.BUSY else ChargeProblem.OUT_OF_REACH
