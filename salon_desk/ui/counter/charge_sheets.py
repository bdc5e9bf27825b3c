"""The sheets of a charge over a screen: how it stands, and a manager's decision with what shows it. UI thread only.

What is said is `charge_face.py`'s, what happens `charging.py`'s. A sheet stands only over its own screen: when the till was
locked meanwhile, it is laid again as soon as somebody is back.
"""

from __future__ import annotations

from salon_desk.domain.charge import Means
from salon_desk.ui.charging import ChargeAsk
from salon_desk.ui.counter.charge_face import charge_face
from salon_desk.ui.counter.charge_sheet import ChargeSheet, DecideSheet
from salon_desk.ui.counter.charge_talk import Answer
from salon_desk.ui.counter.charging import Charging
from salon_desk.ui.counter.decision_words import decided_question, evidence, first_question
from salon_desk.ui.counter.wallet_face import wallet_face
from salon_desk.ui.counter.wallet_sheet import WalletSheet
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screen import Screen


class ChargeSheets:
    """Keeps the sheet in step with the conversation; `sheet` is there for tests."""

    def __init__(
        self, screen: Screen, charging: Charging, *, by_hand: bool = True, return_by_hand: bool = False
    ) -> None:
        self._screen, self._charging, self._by_hand = screen, charging, by_hand
        self._return_by_hand = return_by_hand
        self.sheet: ChargeSheet | None = None

    def show(self) -> None:
        """Lay the sheet, say how it stands, or take it away."""
        talk, sheet = self._charging.talk, self.sheet
        if talk is None:
            self.sheet = None
            if sheet is not None:
                sheet.closed.emit()
            return
        words, terminal = self._screen.words.catalogue, talk.ask.means is Means.TERMINAL
        face = (
            charge_face(talk, words, by_hand=self._by_hand, return_by_hand=self._return_by_hand)
            if terminal
            else wallet_face(talk, words, return_by_hand=self._return_by_hand)
        )
        if isinstance(sheet, WalletSheet):
            sheet.show_code(talk.to_scan)
        if sheet is not None:
            sheet.set_face(face)
        elif self._screen.isVisible():
            self.sheet = laid = ChargeSheet(face) if terminal else WalletSheet(face, words, talk.to_scan)
            laid.answered.connect(self._answered)
            laid.destroyed.connect(lambda: self._gone(laid))
            self._screen.host.open_sheet(laid)

    def _gone(self, sheet: ChargeSheet) -> None:
        """It was taken away because the till was locked."""
        if self.sheet is sheet:
            self.sheet = None

    def _answered(self, key: str) -> None:
        answer, talk = Answer(key), self._charging.talk
        if answer is Answer.DECIDE and talk is not None:
            self._ask_decision(talk.ask)
        else:
            self._charging.answer(answer)

    def _ask_decision(self, ask: ChargeAsk) -> None:
        words = self._screen.words.catalogue
        sheet = DecideSheet(first_question(ask, words), words)
        sheet.decided.connect(lambda charged: self._ask_evidence(ask, charged=charged))
        self._screen.host.open_sheet(sheet)

    def _ask_evidence(self, ask: ChargeAsk, *, charged: bool) -> None:
        words = self._screen.words.catalogue
        reasons = [words.text(one) for one in evidence(ask.means, charged=charged)]
        question = decided_question(ask, words, charged=charged)
        sheet = ReasonSheet(question, reasons, words)
        sheet.given.connect(lambda evidence: self._charging.decide(charged=charged, evidence=evidence))
        self._screen.host.open_sheet(sheet)
