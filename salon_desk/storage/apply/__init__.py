"""How an operation changes the projections: one function a kind, one file a noun.

No reading for screens (`queries/`) and no rule of the trade lives here. `apply` is the only way a projection is
written, at the till, in replay and in `verify`; what it writes depends on the operations alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from salon_desk.operations import (
    booking,
    campaign,
    card,
    carried_over,
    charge,
    consent,
    coupon,
    description,
    erasure,
    follow_up,
    gift,
    member,
    message,
    move,
    node,
    payout,
    proof,
    said,
    sale,
    savings,
    series,
    shift,
    ticket,
)
from salon_desk.operations.envelope import Header
from salon_desk.operations.operation import Moving, Operation
from salon_desk.storage.apply import (
    bookings,
    campaigns,
    cards,
    carrying,
    chains,
    charges,
    coupons,
    descriptions,
    ends,
    erasures,
    follow_ups,
    members,
    merges,
    messages,
    money,
    movements,
    moves,
    proofs,
    purses,
    sales,
    saving,
    sayings,
    shifts,
    staff,
    tickets,
    visit_series,
)
from salon_desk.storage.engine import Transaction

Apply = Callable[[Transaction, Header, Any], None]

_BY_KIND: dict[type[Operation], Apply] = {
    node.BodyDisclosed: chains.body_disclosed,
    node.EpochClaimed: ends.epoch_claimed,
    node.EpochClosed: ends.epoch_closed,
    node.EpochClosedByParent: ends.epoch_closed_by_parent,
    node.EpochPurseSent: ends.epoch_purse_sent,
    description.ChangePlanned: descriptions.change_planned,
    description.AllergyNoted: members.allergy_noted,
    description.AllergyRemoved: members.allergy_removed,
    member.AllergiesAcknowledged: members.allergies_acknowledged,
    member.FamilyLinked: members.family_linked,
    member.FamilyUnlinked: members.family_unlinked,
    member.TierChanged: members.tier_changed,
    member.MembersMerged: merges.members_merged,
    member.MembersUnmerged: merges.members_unmerged,
    member.MergeProposed: merges.merge_proposed,
    member.MergeRefused: merges.merge_refused,
    consent.ConsentGiven: members.consent_given,
    consent.ConsentWithdrawn: members.consent_withdrawn,
    campaign.CampaignAudience: campaigns.campaign_audience,
    campaign.CampaignLaunched: campaigns.campaign_launched,
    campaign.CampaignStopped: campaigns.campaign_stopped,
    follow_up.FollowUpMade: follow_ups.follow_up_made,
    follow_up.FollowUpAnswered: follow_ups.follow_up_answered,
    message.MessageIntended: messages.message_intended,
    message.MessageHeld: messages.message_held,
    message.MessageWithheld: messages.message_withheld,
    message.MessageAttempted: messages.message_attempted,
    message.MessageAnswered: messages.message_answered,
    message.MessageStatus: messages.message_status,
    message.MessageReceived: messages.message_received,
    erasure.MemberErased: erasures.member_erased,
    carried_over.AssetCarriedOver: carrying.asset_carried_over,
    card.ValueCarriedOver: carrying.value_carried_over,
    description.MemberDescribed: carrying.member_described,
    description.PinSet: staff.pin_set,
    proof.MemberPinSet: proofs.member_pin_set,
    said.ReasonSaid: sayings.reason_said,
    card.CardIssued: cards.card_issued,
    card.CardFrozen: cards.card_frozen,
    card.CardUnfrozen: cards.card_unfrozen,
    card.CardRecoded: cards.card_recoded,
    card.CardTransferred: cards.card_transferred,
    charge.ChargeAttempted: charges.charge_attempted,
    charge.ChargeAnswered: charges.charge_answered,
    charge.ChargeDecided: charges.charge_decided,
    charge.ChargeBatchClosed: charges.batch_closed,
    charge.TerminalInspected: charges.terminal_inspected,
    card.ValueHeld: purses.value_held,
    card.HoldReleased: purses.hold_released,
    move.ValueSent: moves.value_sent,
    move.ValueReceived: moves.value_received,
    move.ValueTakenBack: ends.value_taken_back,
    card.CardToppedUp: sales.card_topped_up,
    coupon.CouponIssued: coupons.coupon_issued,
    gift.GiftSold: cards.gift_sold,
    gift.GiftGreeted: cards.gift_greeted,
    payout.ValuePaidOut: sales.value_paid_out,
    series.SeriesSold: visit_series.series_sold,
    series.SeriesTransferred: visit_series.series_transferred,
    series.SeriesShared: visit_series.series_shared,
    savings.SavingsJoined: saving.savings_joined,
    ticket.TicketSaved: tickets.ticket_saved,
    booking.BookingMade: bookings.booking_made,
    booking.BookingCancelled: bookings.booking_cancelled,
    sale.SaleCompleted: sales.sale_completed,
    sale.SaleRefunded: sales.sale_refunded,
    sale.SaleVoided: sales.sale_voided,
    shift.ShiftOpened: shifts.shift_opened,
    shift.CashPaidIn: shifts.cash_paid_in,
    shift.CashPaidOut: shifts.cash_paid_out,
    shift.CashDropped: shifts.cash_dropped,
    shift.TipsPaidOut: shifts.tips_paid_out,
    shift.CardBatchClosed: shifts.card_batch_closed,
    shift.ShiftCounted: shifts.shift_counted,
    shift.ShiftClosed: shifts.shift_closed,
}


def apply(transaction: Transaction, header: Header, operation: Operation) -> None:
    """Bring one operation into the projections, inside the transaction that records it."""
    if erasures.describes_erased(transaction, operation):
        return
    if isinstance(operation, description.Described):
        descriptions.described(transaction, header, operation)
    if isinstance(operation, Moving):
        purses.change(transaction, header, operation.purse_changes)
        movements.note(transaction, header, operation.purse_changes)
        money.post(transaction, header, operation.postings)
    function = _BY_KIND.get(type(operation))
    if function is not None:
        function(transaction, header, operation)
