"""An account of a channel with its secret: both are kept, or neither; both are forgotten together.

What an account may be is in `channel_settings.py`, where its secret lies in `secrets.py`. The one rule: a secret goes in and never
comes out here; an empty one keeps the one that there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from salon_desk import secrets
from salon_desk.domain.errors import DomainError
from salon_desk.services import channel_settings
from salon_desk.services.channel_settings import (
    MAIL_PASSWORD,
    TWILIO_KEY_SECRET,
    TWILIO_TOKEN,
    WECHAT_SECRET,
    MailSettings,
    SmsSettings,
    WeChatSettings,
)
from salon_desk.storage.store import Store

Account = SmsSettings | MailSettings | WeChatSettings

SECRETS: Final[Mapping[str, tuple[str, ...]]] = {
    "sms": (TWILIO_KEY_SECRET, TWILIO_TOKEN),
    "mail": (MAIL_PASSWORD,),
    "wechat": (WECHAT_SECRET,),
}
"""The names of the secrets that each channel may have."""


@dataclass
class SecretMissing(DomainError):
    """A secret is needed, none was given and none is kept. `what`: its name. Nothing was changed."""

    what: str


def wanted(account: Account) -> tuple[tuple[str, bool], ...]:
    """The secrets that an account may have, each with whether it cannot do without."""
    match account:
        case SmsSettings(key=""):
            return ((TWILIO_TOKEN, True),)
        case SmsSettings():
            # the token then only opens what Twilio calls us with, which a lone till has no address for
            return ((TWILIO_KEY_SECRET, True), (TWILIO_TOKEN, False))
        case MailSettings(user=""):
            return ()
        case MailSettings():
            return ((MAIL_PASSWORD, True),)
        case WeChatSettings():
            return ((WECHAT_SECRET, True),)


def keep(store: Store, account: Account, given: Mapping[str, str]) -> None:
    """Keep an account and what was given of its secrets, by name. Not for the UI thread: a keyring may take seconds.

    Raises SecretMissing, ChannelSettingRefused, CannotRecord, KeysUnreachable.
    """
    channel_settings.check(account)
    for name, needed in wanted(account):
        if needed and not given.get(name) and not secrets.given(name, store.node):
            raise SecretMissing(name)
    for name, _needed in wanted(account):
        if value := given.get(name):
            secrets.save_given(name, store.node, value)
    channel_settings.set_channel(store, account)


def forget(store: Store, name: str) -> None:
    """Use a channel no more; its secrets go too. Raises ChannelSettingRefused, CannotRecord, KeysUnreachable."""
    channel_settings.forget_channel(store, name)
    for secret in SECRETS[name]:
        if secrets.given(secret, store.node):
            secrets.save_given(secret, store.node, "")


def has_secret(node: str, account: Account) -> bool:
    """Whether what it sends with is kept. Not for the UI thread. Raises KeysUnreachable."""
    return all(secrets.given(name, node) for name, needed in wanted(account) if needed)
