"""Every kind of operation there is, and the way between a struct and its bytes.

A new operation is added to KINDS and nowhere else. A body of an older version is raised by `versions.py`;
a kind or a version from the future is UnknownOperation: kept, relayed, not applied.
"""

from __future__ import annotations

import re

import msgspec

from salon_desk.operations import (
    booking,
    campaign,
    card,
    carried_over,
    charge,
    claim,
    consent,
    coupon,
    cover,
    description,
    enrolment,
    erasure,
    follow_up,
    gift,
    lapse,
    member,
    message,
    message_template,
    move,
    node,
    overdraft,
    payout,
    points,
    proof,
    said,
    sale,
    savings,
    segment,
    series,
    shift,
    ticket,
    trigger,
)
from salon_desk.operations.decoding import decoder_of
from salon_desk.operations.operation import Operation
from salon_desk.operations.versions import raise_version

_CLASSES: tuple[type[Operation], ...] = (
    node.EpochOpened,
    node.EpochClosed,
    node.BodyDisclosed,
    node.EpochClaimed,
    node.EpochClosedByParent,
    node.EpochPurseSent,
    enrolment.DeviceEnrolled,
    description.StoreDescribed,
    description.TillDescribed,
    description.StaffDescribed,
    description.CategoryDescribed,
    description.ItemDescribed,
    description.OfferDescribed,
    description.DiscountDescribed,
    description.PromotionDescribed,
    description.TenderDescribed,
    description.MemberDescribed,
    description.TierDescribed,
    trigger.TriggerDescribed,
    message_template.MessageTemplateDescribed,
    segment.SegmentDescribed,
    description.AllergyNoted,
    description.AllergyRemoved,
    member.AllergiesAcknowledged,
    member.FamilyLinked,
    member.FamilyUnlinked,
    member.MembersMerged,
    member.MembersUnmerged,
    member.MergeProposed,
    member.MergeRefused,
    member.TierChanged,
    consent.ConsentGiven,
    consent.ConsentWithdrawn,
    campaign.CampaignAudience,
    campaign.CampaignLaunched,
    campaign.CampaignStopped,
    follow_up.FollowUpMade,
    follow_up.FollowUpAnswered,
    message.MessageIntended,
    message.MessageHeld,
    message.MessageWithheld,
    message.MessageAttempted,
    message.MessageAnswered,
    message.MessageStatus,
    message.MessageReceived,
    erasure.MemberErased,
    description.PinSet,
    proof.MemberPinSet,
    proof.SpendSigned,
    said.ReasonSaid,
    description.ChangePlanned,
    card.CardIssued,
    card.CardFrozen,
    card.CardUnfrozen,
    card.CardRecoded,
    card.CardTransferred,
    card.CardToppedUp,
    card.TopUpCaptured,
    card.ValueCarriedOver,
    carried_over.ImportSigned,
    carried_over.AssetCarriedOver,
    carried_over.CarryingReversed,
    gift.GiftSold,
    gift.GiftGreeted,
    payout.ValuePaidOut,
    series.SeriesOfferDescribed,
    series.SeriesSold,
    series.SeriesTransferred,
    series.SeriesShared,
    savings.SavingsPlanDescribed,
    savings.SavingsJoined,
    savings.SavingsGranted,
    lapse.BonusLapsed,
    lapse.BonusRestored,
    charge.ChargeAttempted,
    charge.ChargeAnswered,
    charge.ChargeDecided,
    charge.ChargeBatchClosed,
    charge.TerminalInspected,
    card.ValueHeld,
    card.HoldReleased,
    coupon.CouponIssued,
    coupon.CouponWithdrawn,
    points.PointsGranted,
    points.PointsConverted,
    claim.ReceivableRecovered,
    claim.RefundRightUsed,
    claim.ValueSwapped,
    claim.TopUpChargedBack,
    move.ValueSent,
    move.ValueReceived,
    move.ValueTakenBack,
    overdraft.OverdraftGiven,
    overdraft.OverdraftRecovered,
    cover.TillDeclaredDead,
    cover.TillFound,
    cover.CoverOpened,
    cover.CoverRepaid,
    cover.CoverLost,
    cover.DebtCarriedOver,
    ticket.TicketSaved,
    booking.BookingMade,
    booking.BookingCancelled,
    sale.SaleCompleted,
    sale.SaleRefunded,
    sale.SaleVoided,
    shift.ShiftOpened,
    shift.CashPaidIn,
    shift.CashPaidOut,
    shift.CashDropped,
    shift.TipsPaidOut,
    shift.DrawerOpened,
    shift.CardBatchClosed,
    shift.ShiftCounted,
    shift.ShiftClosed,
)
KINDS: dict[str, type[Operation]] = {operation.KIND: operation for operation in _CLASSES}

MAY_BE_WITHHELD = frozenset(
    (
        description.AllergyNoted.KIND,
        description.AllergyRemoved.KIND,
        member.AllergiesAcknowledged.KIND,
        description.PinSet.KIND,
        proof.MemberPinSet.KIND,
        proof.SpendSigned.KIND,
    )
)
"""Kinds whose body a store may not get to see. What they say lies outside `digest` (PROTOCOL 2)."""

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""The one character that PostgreSQL cannot keep: a body with it is refused everywhere, so that all nodes agree."""

_encoder = msgspec.json.Encoder()


class UnknownOperation(Exception):
    """A kind or version that this program does not know."""

    def __init__(self, kind: str, version: int) -> None:
        super().__init__(f"{kind} version {version}")
        self.kind = kind
        self.version = version


def encode(operation: Operation) -> bytes:
    """The operation's body as JSON bytes."""
    return _encoder.encode(operation)


def decode(kind: str, version: int, body: bytes) -> Operation:
    """The operation in `body`.

    Raises UnknownOperation for a kind or version from the future (or from no time), msgspec.MsgspecError for a
    body that does not fit its kind.
    """
    cls = KINDS.get(kind)
    if cls is None or not 1 <= version <= cls.VERSION:
        raise UnknownOperation(kind, version)
    if b"\\u0000" in body and _NUL.search(body):
        raise msgspec.ValidationError("a text holds the character U+0000")
    decoder = decoder_of(cls)
    try:
        if version == cls.VERSION:
            return decoder.decode(body)
        raised = raise_version(kind, version, cls.VERSION, msgspec.json.decode(body))
        return msgspec.convert(raised, cls)
    except (LookupError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise msgspec.ValidationError(f"version {version}: {error}") from error


def decode_known(kind: str, version: int, body: bytes | None) -> Operation | None:
    """The operation in `body`; None where the body is not here or says nothing to this program."""
    try:
        return None if body is None else decode(kind, version, body)
    except (UnknownOperation, msgspec.MsgspecError):
        return None
