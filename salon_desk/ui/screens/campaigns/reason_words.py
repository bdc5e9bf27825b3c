"""Why members of a group are not written to, or later, and how far messages are: few words, for a number stands behind them.

A single message has whole sentences (`ui/message_sentences.py`). Pure, no Qt.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from salon_desk.domain.consent import Channel
from salon_desk.domain.message import MessageState
from salon_desk.domain.message_gate import Reason
from salon_desk.i18n import N_, Catalogue
from salon_desk.services.message_asking import CAMPAIGN_STOPPED

_NEVER: Final[Mapping[str, str]] = {
    Reason.ERASED: N_("Erased"),
    Reason.INACTIVE: N_("No longer on the list"),
    Reason.ALREADY_SENT: N_("Were sent it before"),
    Reason.EXPIRED: N_("It became too late"),
    Reason.NO_TEMPLATE: N_("A text or a value in it is missing"),
    Reason.PURPOSE_MISMATCH: N_("The text sells something and is meant as a reminder"),
    Reason.NO_ADDRESS: N_("No number or address is known"),
    Reason.OPTED_OUT: N_("Want no more messages"),
    Reason.CONSENT_LAPSED: N_("The consent of a purchase has lapsed"),
    Reason.NO_CONSENT: N_("Never agreed to offers"),
    Reason.CAPPED: N_("Had enough offers for now"),
    Reason.QUIET_HOURS: N_("Only quiet hours are left"),
    Reason.ZONE_UNKNOWN: N_("No hour is good wherever they may be"),
    CAMPAIGN_STOPPED: N_("The campaign was stopped"),
}
_LATER: Final[Mapping[str, str]] = {
    Reason.CAPPED: N_("of these later: had enough offers for now"),
    Reason.QUIET_HOURS: N_("of these later: quiet hours where they are"),
    Reason.ZONE_UNKNOWN: N_("of these later: in an hour good wherever they may be"),
}
_A_RULE: Final = N_("A rule is against it")
_SOON: Final = N_("of these later")
_BY: Final[Mapping[Channel, str]] = {
    Channel.SMS: N_("Written to by text message"),
    Channel.EMAIL: N_("Written to by e-mail"),
    Channel.WECHAT: N_("Written to by WeChat"),
}
_STATES: Final[Mapping[MessageState, str]] = {
    MessageState.INTENDED: N_("Wait for their turn"),
    MessageState.SENDING: N_("Being handed over"),
    MessageState.SENT: N_("Sent"),
    MessageState.DELIVERED: N_("Arrived"),
    MessageState.REFUSED: N_("Refused on the way"),
    MessageState.UNKNOWN: N_("Nobody knows whether it arrived"),
    MessageState.WITHHELD: N_("Not sent"),
}


def never(reason: str, words: Catalogue) -> str:
    """Why somebody is not written to."""
    return words.text(_NEVER.get(reason, _A_RULE))


def later(reason: str, words: Catalogue) -> str:
    """Why somebody is written to later."""
    return words.text(_LATER.get(reason, _SOON))


def by(channel: Channel, words: Catalogue) -> str:
    """How somebody is written to."""
    return words.text(_BY[channel])


def state(of: MessageState, words: Catalogue) -> str:
    """How far messages are."""
    return words.text(_STATES[of])
