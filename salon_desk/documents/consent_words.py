"""What a member is shown before a consent: who sends what, by which way, that nothing depends on it, how it ends (RULES 19).

The text is kept with the consent as it was shown, in the member's language. No record is made here (`services/consents.py`).
"""

from __future__ import annotations

from typing import Final

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.i18n import N_, Catalogue

_SHOWN: Final[dict[tuple[Channel, Purpose], str]] = {
    (Channel.SMS, Purpose.TRANSACTIONAL): N_(
        "{shop} may send text messages to {address} about my visits, appointments and balance. "
        "I can end this at any time by answering STOP."
    ),
    (Channel.SMS, Purpose.MARKETING): N_(
        "{shop} may send offers by text message to {address}. I need not agree to buy anything. "
        "I can end this at any time by answering STOP."
    ),
    (Channel.EMAIL, Purpose.TRANSACTIONAL): N_(
        "{shop} may write to {address} about my visits, appointments and balance. "
        "I can end this at any time by the link in each message."
    ),
    (Channel.EMAIL, Purpose.MARKETING): N_(
        "{shop} may send offers to {address}. I need not agree to buy anything. "
        "I can end this at any time by the link in each message."
    ),
    (Channel.WECHAT, Purpose.TRANSACTIONAL): N_(
        "{shop} may write to me on WeChat ({address}) about my visits, appointments and balance. "
        "I can end this at any time by answering STOP."
    ),
    (Channel.WECHAT, Purpose.MARKETING): N_(
        "{shop} may send me offers on WeChat ({address}). I need not agree to buy anything. "
        "I can end this at any time by answering STOP."
    ),
}


def consent_text(channel: Channel, purpose: Purpose, *, shop: str, address: str, say: Catalogue) -> str:
    """The text in the member's language."""
    return say.text(_SHOWN[channel, purpose], shop=shop, address=address)
