"""What kind of entry an operation is, in the words of the shop.

No operation is read here. A kind of a newer program has no name yet, and is said to be just that.
"""

from __future__ import annotations

from typing import Final

from salon_desk.i18n import N_, Catalogue

_KINDS: Final = {
    "epoch.opened": N_("Start of a till's records"),
    "epoch.closed": N_("End of a till's records"),
    "epoch.claimed": N_("Proof of where a till's records ended"),
    "epoch.closed_by_parent": N_("Old records of a till closed by head office"),
    "epoch.purse_sent": N_("Value of old records sent on"),
    "body.disclosed": N_("Release of withheld notes"),
    "store.described": N_("Details of a shop"),
    "till.described": N_("Details of a till"),
    "staff.described": N_("Details of a member of staff"),
    "category.described": N_("Category"),
    "item.described": N_("Service or product"),
    "offer.described": N_("Top-up offer"),
    "discount.described": N_("Discount"),
    "tender.described": N_("Way of payment"),
    "member.described": N_("Details of a member"),
    "member.allergy_noted": N_("Allergy of a member"),
    "member.allergy_removed": N_("Allergy taken off"),
    "member.erased": N_("Member erased"),
    "import.signed": N_("List of the old system signed for"),
    "asset.carried_over": N_("Points, visits or a gift card carried over"),
    "import.reversed": N_("Carried over by mistake, taken back"),
    "staff.pin_set": N_("New PIN"),
    "description.planned": N_("Change planned for a day"),
    "card.issued": N_("New card"),
    "card.frozen": N_("Card frozen"),
    "card.unfrozen": N_("Card unfrozen"),
    "card.topped_up": N_("Top-up"),
    "card.top_up_captured": N_("Payment of a top-up captured"),
    "card.charged_back": N_("Top-up charged back"),
    "card.recoded": N_("New number for a card"),
    "card.carried_over": N_("Value carried over to a card"),
    "overdraft.given": N_("Overdraft given on a card"),
    "overdraft.recovered": N_("Overdraft recovered from a card"),
    "till.declared_dead": N_("Till declared lost"),
    "till.found": N_("Till found again"),
    "cover.opened": N_("Cover for value out of reach"),
    "cover.repaid": N_("Cover repaid"),
    "cover.lost": N_("Cover written off"),
    "receivable.recovered": N_("What a member owed, recovered"),
    "refund.right_used": N_("Right to a refund, come home"),
    "purse.swapped": N_("Bonus taken in place of paid value"),
    "debt.carried_over": N_("What was owed, carried over"),
    "purse.held": N_("Value held for a payment"),
    "purse.released": N_("Held value set free"),
    "purse.sent": N_("Value sent to another till"),
    "purse.received": N_("Value received from another till"),
    "purse.taken_back": N_("Value taken back that could not arrive"),
    "device.enrolled": N_("Till let in by a hub"),
    "booking.made": N_("Booking"),
    "booking.cancelled": N_("Booking cancelled"),
    "ticket.saved": N_("Ticket"),
    "sale.completed": N_("Sale"),
    "sale.refunded": N_("Refund"),
    "sale.voided": N_("Void"),
    "shift.opened": N_("Shift opened"),
    "cash.paid_in": N_("Cash paid in"),
    "cash.paid_out": N_("Cash paid out"),
    "cash.dropped": N_("Cash moved to the safe"),
    "tips.paid_out": N_("Tips paid out"),
    "drawer.opened": N_("Drawer opened"),
    "card_batch.closed": N_("Total of the card machine"),
    "shift.counted": N_("Drawer counted"),
    "shift.closed": N_("Z report"),
}


def kind_words(kind: str, words: Catalogue) -> str:
    """The kind as people call it."""
    return words.text(_KINDS[kind]) if kind in _KINDS else words.text("Entry of a newer kind")
