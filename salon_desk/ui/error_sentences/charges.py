"""Refusals about charging a card or a wallet, in words.

No rule lives here. A sentence never says that money moved, or that it did not, unless somebody knows.
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk.domain.charge import Means
from salon_desk.domain.charge_state import OPEN
from salon_desk.i18n import N_, Catalogue
from salon_desk.services import charge_errors as errors
from salon_desk.ui.error_sentences.sentence import Sentences, dollars, plain


def _locked(error: Any, words: Catalogue) -> str:
    if error.state in OPEN:
        return words.text(
            "A card may have been charged for this ticket. Nothing on it can change until it is known: ask the terminal again."
        )
    return words.text(
        "A card was charged for this ticket. Finish the sale, or void the charge; then the ticket is free."
    )


def _missing(error: Any, words: Catalogue) -> str:
    if error.means == Means.TERMINAL:
        return words.text(
            "No card terminal is set up at this till. Choose one under Devices, or take another way of paying."
        )
    return words.text("This wallet is not set up at this till. Take another way of paying.")


SENTENCES: Final[Sentences] = {
    errors.UnknownCharge: plain(N_("This card charge is not known at this till. Nothing was changed.")),
    errors.TerminalMissing: _missing,
    errors.TicketLocked: _locked,
    errors.ChargeOpen: plain(
        N_(
            "Nobody knows yet what became of the last charge. Wait for the terminal, or ask it again; do not charge twice."
        )
    ),
    errors.ChargeNotApproved: plain(N_("No money came by this charge. Take the payment another way.")),
    errors.ChargeUsed: plain(N_("This charge is part of a receipt already, or it was undone.")),
    errors.ChargeOfAnother: plain(N_("This charge was made for something else.")),
    errors.ChargeAmountDiffers: lambda e, w: w.text(
        "The card was charged {charged}, not {wanted}. The charge counts as it is.",
        charged=dollars(e.charged, w),
        wanted=dollars(e.wanted, w),
    ),
    errors.ChargeLeftOut: lambda e, w: w.text(
        "{charged} was charged to a card and is missing from this payment. Finish with it, or void it first.",
        charged=dollars(e.charged, w),
    ),
    errors.ChargeTooMuch: lambda e, w: w.text(
        "{wanted} would be too much: no more than {most} is left.",
        wanted=dollars(e.wanted, w),
        most=dollars(e.most, w),
    ),
    errors.ChargeNotAgain: plain(
        N_("This charge cannot be sent again: only one that was certainly not made can. Start a new one.")
    ),
    errors.ChargeSettled: plain(
        N_("It is known by now what became of this charge; there is nothing to decide.")
    ),
    errors.EvidenceMissing: plain(N_("Say what shows it: the terminal's slip, its batch list, or the bank.")),
    errors.SerialMissing: plain(N_("Read the serial number on the back of the terminal, and type it first.")),
    errors.ReturnMissing: lambda e, w: w.text(
        "{amount} was charged on the card terminal. Give it back there first; then the refund is recorded.",
        amount=dollars(e.amount, w),
    ),
}
