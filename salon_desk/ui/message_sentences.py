"""One message in one sentence: why it was sent, waits or is not sent.

Codes come from the gate (`domain/message_gate.py`) and from what was recorded; each combination has a whole sentence, and a code of a newer
program the one that fits every case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from salon_desk.domain.clock import parse_instant
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import Delivered, MessageState, Trigger
from salon_desk.domain.message_gate import Reason
from salon_desk.i18n import N_, Catalogue
from salon_desk.services.message_asking import CAMPAIGN_STOPPED, MAY_HAVE_GONE, NO_LONGER_TRUE
from salon_desk.services.message_log import Entry
from salon_desk.services.message_records import GIVEN_UP

CHANNELS: Final = {
    Channel.SMS: N_("text message"),
    Channel.EMAIL: N_("e-mail"),
    Channel.WECHAT: N_("WeChat"),
}
_SENT: Final = {
    Trigger.AFTER_SALE: N_("Sent on {when} by {channel}: after a visit, and the member agreed to reminders."),
    Trigger.BALANCE_LOW: N_(
        "Sent on {when} by {channel}: the balance is low, and the member agreed to reminders."
    ),
    Trigger.BEFORE_APPOINTMENT: N_(
        "Sent on {when} by {channel}: an appointment comes up, and the member agreed to reminders."
    ),
    Trigger.LAPSING: N_("Sent on {when} by {channel}: bonus or a coupon lapses soon, and the member agreed."),
    Trigger.BIRTHDAY: N_(
        "Sent on {when} by {channel}: a birthday comes up, and the member agreed to offers."
    ),
    Trigger.ABSENT: N_(
        "Sent on {when} by {channel}: the member was not here for long, and agreed to offers."
    ),
    Trigger.LESS_OFTEN: N_("Sent on {when} by {channel}: the member comes less often, and agreed to offers."),
    Trigger.SMALLER_TICKETS: N_("Sent on {when} by {channel}: the member spends less, and agreed to offers."),
    Trigger.CYCLE_DUE: N_(
        "Sent on {when} by {channel}: the usual visit is due, and the member agreed to offers."
    ),
    Trigger.CAMPAIGN: N_(
        "Sent on {when} by {channel}: it belongs to a campaign, and the member agreed to offers."
    ),
    Trigger.CONFIRMATION: N_("Sent on {when} by {channel}, as the one answer to what the member wrote."),
    Trigger.SPEND_CODE: N_("Sent on {when} by {channel}: the member asked for it at the counter, to pay."),
}
_REPEATED: Final = N_(
    "Sent a second time on {when} by {channel}, because nobody could tell whether the first one arrived."
)
_WITHHELD: Final[Mapping[Reason | None, str]] = {
    Reason.ERASED: N_("Not sent: the member was erased."),
    Reason.INACTIVE: N_("Not sent: the member is no longer on the list."),
    Reason.ALREADY_SENT: N_("Not sent: it was sent before."),
    Reason.EXPIRED: N_("Not sent: it was too late for it to make sense."),
    Reason.NO_TEMPLATE: N_("Not sent: there was nothing to say, for a text or a value in it is missing."),
    Reason.PURPOSE_MISMATCH: N_("Not sent: the text sells something, and it was meant as a reminder."),
    Reason.NO_ADDRESS: N_("Not sent: no number or address of the member is known."),
    Reason.OPTED_OUT: N_("Not sent: the member wants no more messages."),
    Reason.CONSENT_LAPSED: N_("Not sent: the consent that a purchase implied has lapsed."),
    Reason.NO_CONSENT: N_("Not sent: the member never agreed to messages of this kind."),
    Reason.CAPPED: N_("Not sent: the member had enough offers, and later it would have been too late."),
    Reason.QUIET_HOURS: N_("Not sent: only quiet hours were left in which it made sense."),
    Reason.ZONE_UNKNOWN: N_(
        "Not sent: nobody knows where the member is, and no hour was good everywhere in time."
    ),
}
_OURS: Final = {
    CAMPAIGN_STOPPED: N_("Not sent: its campaign was stopped."),
    NO_LONGER_TRUE: N_("Not sent: it was not true any more, for example because the member had come."),
    MAY_HAVE_GONE: N_(
        "Not sent: the data were put back from an older copy, and it may have gone out before."
    ),
}
"""Reasons besides the gate's."""
_HELD: Final[Mapping[Reason | None, str]] = {
    Reason.CAPPED: N_("Waits until {until}: the member had enough offers for now."),
    Reason.QUIET_HOURS: N_("Waits until {until}: quiet hours where the member is."),
    Reason.ZONE_UNKNOWN: N_(
        "Waits until {until}: nobody knows where the member is, so it has to be a good hour everywhere."
    ),
}


def sentence(entry: Entry, say: Catalogue, time_zone: str) -> str:
    """Why it is as it is; instants in a time zone. Pure."""
    message, last = entry.message, entry.last
    when = _moment(last.attempted_at, say, time_zone) if last else ""
    channel = say.text(CHANNELS[last.outgoing.channel]) if last else ""
    match message.state:
        case MessageState.INTENDED:
            return _waiting(entry, say, time_zone)
        case MessageState.SENDING:
            return say.text("It is being handed over by {channel}.", channel=channel)
        case MessageState.SENT | MessageState.DELIVERED:
            told = _REPEATED if entry.repeated else _SENT[message.trigger]
            return say.text(told, when=when, channel=channel)
        case MessageState.REFUSED:
            code = last.code if last else ""
            return say.text(
                "Refused by {channel} on {when} (code {code}); it is not tried again.",
                channel=channel,
                when=when,
                code=code or "-",
            )
        case MessageState.UNKNOWN:
            return _unknown(entry, say)
        case MessageState.WITHHELD:
            why = _OURS.get(message.reason) or _WITHHELD.get(_reason(message.reason))
            return say.text(why or N_("Not sent: a rule was against it."))
        case _:
            assert_never(message.state)


def _waiting(entry: Entry, say: Catalogue, time_zone: str) -> str:
    message, last = entry.message, entry.last
    held = _HELD.get(_reason(message.reason))
    if held is not None and message.until >= message.next_at:
        return say.text(held, until=_moment(message.until, say, time_zone))
    if last is not None and last.state is Delivered.NOT_SENT:
        return say.text(
            "Not taken by {channel} (code {code}); it is tried again from {when} on.",
            channel=say.text(CHANNELS[last.outgoing.channel]),
            code=last.code or "-",
            when=_moment(message.next_at, say, time_zone),
        )
    return say.text("Waits for its turn; due from {when} on.", when=_moment(message.due_at, say, time_zone))


def _unknown(entry: Entry, say: Catalogue) -> str:
    """Nobody knows what became of it: now, or for good."""
    last = entry.last
    if (
        last is not None
        and last.state is Delivered.UNKNOWN
        and last.code != GIVEN_UP
        and entry.message.next_at
    ):
        return say.text("Nobody knows yet whether it arrived; it is being found out.")
    if entry.message.purpose is Purpose.MARKETING:
        return say.text("Nobody knows whether it arrived; an offer is never repeated.")
    return say.text("Nobody knows whether it arrived; it is not sent again.")


def _reason(code: str) -> Reason | None:
    return Reason(code) if code in set(Reason) else None


def _moment(instant: str, say: Catalogue, time_zone: str) -> str:
    return say.moment(parse_instant(instant).astimezone(ZoneInfo(time_zone))) if instant else ""
