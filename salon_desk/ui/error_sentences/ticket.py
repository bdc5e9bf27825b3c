"""Refusals about tickets, their lines, discounts and items, in words.

No rule lives here; a sentence says what to do next.
"""

from __future__ import annotations

from typing import Final

from salon_desk.domain import errors
from salon_desk.i18n import N_
from salon_desk.services import errors as service_errors
from salon_desk.ui.error_sentences.sentence import Sentences, plain

SENTENCES: Final[Sentences] = {
    errors.TicketNotOpen: plain(N_("This ticket is no longer open, so it takes no change.")),
    errors.TicketNotParked: plain(N_("This ticket is not parked any more. Look for it among the open ones.")),
    errors.TicketEmpty: plain(N_("There is nothing on this ticket yet. Add a service or product first.")),
    errors.TooManyLines: lambda e, w: w.plural(
        "A ticket holds {n} line at most. Pay this one and open another.",
        "A ticket holds {n} lines at most. Pay this one and open another.",
        e.limit,
    ),
    errors.TooManyDiscounts: lambda e, w: w.plural(
        "Only {n} discount fits here. Take one off first.",
        "Only {n} discounts fit here. Take one off first.",
        e.limit,
    ),
    errors.QuantityOutOfRange: lambda e, w: w.text(
        "The quantity goes from 1 to {limit}. Please type it again.", limit=e.limit
    ),
    errors.LineMissing: plain(N_("This line is not on the ticket any more.")),
    errors.DiscountMissing: plain(N_("This discount is not there any more.")),
    errors.DiscountInvalid: plain(N_("A discount is either an amount or a percentage up to 100 %.")),
    errors.PriceMissing: plain(N_("This item has an open price. Type the price first.")),
    errors.TechnicianMissing: plain(N_("Choose the technician who was asked for first.")),
    service_errors.UnknownItem: plain(
        N_("No service or product with this code. Check it, or search by name.")
    ),
    service_errors.UnknownTicket: plain(N_("This ticket is not there any more. The others are kept.")),
    service_errors.TicketPaid: plain(N_("This ticket was paid already. Nothing was taken twice.")),
    service_errors.UnknownDiscount: plain(N_("This discount is not offered any more.")),
}
