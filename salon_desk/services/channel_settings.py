"""Which providers this node sends messages by: accounts, senders, servers; kept as local settings of this machine.

Secrets are not here (`secrets.py`, under the names below), and nothing is sent. These are no facts of the shop: another machine
has its own. One that is set wrong is refused here, so that the outbound thread never meets it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

import msgspec

from salon_desk.domain.clock import instant_text
from salon_desk.domain.errors import DomainError
from salon_desk.storage import local
from salon_desk.storage.engine import Transaction
from salon_desk.storage.store import Store
from salon_desk.wire.address import is_safe, is_this_machine

TWILIO_TOKEN: Final = "twilio-auth-token"
"""The account's own token: what Twilio signs its calls with, and the password where there is no API key."""
TWILIO_KEY_SECRET: Final = "twilio-key-secret"
MAIL_PASSWORD: Final = "mail-password"
WECHAT_SECRET: Final = "wechat-app-secret"

_CHANGED: Final = "channels.changed"
_NAMES: Final = {"sms": "channels.sms", "mail": "channels.mail", "wechat": "channels.wechat"}
_PUBLIC_URL: Final = "channels.public_url"
_PROXY: Final = "channels.proxy"

_ACCOUNT: Final = re.compile(r"AC[0-9a-fA-F]{32}")
_KEY: Final = re.compile(r"(SK[0-9a-fA-F]{32})?")
_SENDER: Final = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,8}|MG[0-9a-fA-F]{32}")
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[A-Za-z0-9-]{1,63}"
_ADDRESS: Final = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})*")
_HOST: Final = re.compile(r"[A-Za-z0-9.:-]{1,253}")
_PLAIN_URL: Final = re.compile(r"https?://[A-Za-z0-9.:/_~\[\]-]{1,200}")
_APPID: Final = re.compile(r"wx[0-9a-zA-Z]{8,40}")

T = TypeVar("T")


class MailSecurity(StrEnum):
    """How the way to a mail server is sealed. NONE for this very machine alone."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SmsSettings:
    """Twilio. `key`: an API key's SID, empty to use the account's token. `sender`: a number (E.164), a short code or an MG… SID.

    `per_second`: messages that the sender may send, 0 for no limit. `api`: another address than Twilio's, for trying things.
    """

    account: str
    sender: str
    key: str = ""
    per_second: int = 1
    api: str = ""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """A mail server and who writes. `user` empty: no sign-in. `unsubscribe`: the mailbox that takes a STOP by mail."""

    host: str
    sender: str
    port: int = 587
    security: MailSecurity = MailSecurity.STARTTLS
    user: str = ""
    sender_name: str = ""
    reply_to: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class WeChatSettings:
    """An official account. `api`: another address than WeChat's, for trying things."""

    appid: str
    api: str = ""


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """All of them. `public_url`: where providers reach this node, empty where they cannot. `proxy`: the way to them.

    `changed`: when anything was set last, a secret included.
    """

    sms: SmsSettings | None = None
    mail: MailSettings | None = None
    wechat: WeChatSettings | None = None
    public_url: str = ""
    proxy: str = field(default="", repr=False)
    changed: str = ""


@dataclass
class ChannelSettingRefused(DomainError):
    """A setting of a channel cannot be meant. `name`: which; the value is not repeated, because it may be a secret."""

    name: str


@dataclass
class ChannelNotSet(DomainError):
    """Nothing was set for this channel on this machine. `name`: sms, mail or wechat."""

    name: str


def read(transaction: Transaction) -> ChannelSettings:
    """What this machine was told. What an other version of the program wrote and this one cannot read is as if never set."""
    return ChannelSettings(
        sms=_one(transaction, "sms", SmsSettings),
        mail=_one(transaction, "mail", MailSettings),
        wechat=_one(transaction, "wechat", WeChatSettings),
        public_url=local.setting(transaction, _PUBLIC_URL),
        proxy=local.setting(transaction, _PROXY),
        changed=local.setting(transaction, _CHANGED),
    )


def set_channel(store: Store, settings: SmsSettings | MailSettings | WeChatSettings) -> None:
    """Keep one channel's settings. Raises ChannelSettingRefused, CannotRecord."""
    check(settings)
    match settings:
        case SmsSettings():
            name = "sms"
        case MailSettings():
            name = "mail"
        case WeChatSettings():
            name = "wechat"
    local.save_setting(store, _NAMES[name], msgspec.json.encode(settings).decode())
    touch(store)


def forget_channel(store: Store, name: str) -> None:
    """Use this channel no more. Raises ChannelSettingRefused, CannotRecord."""
    if name not in _NAMES:
        raise ChannelSettingRefused("channel")
    local.save_setting(store, _NAMES[name], "")
    touch(store)


def set_way(store: Store, *, public_url: str | None = None, proxy: str | None = None) -> None:
    """Where providers reach this node, and the way to them; None leaves one as it is. Raises ChannelSettingRefused, CannotRecord."""
    if public_url and not (is_safe(public_url) and _PLAIN_URL.fullmatch(public_url)):
        raise ChannelSettingRefused("public-url")
    if proxy and not proxy.startswith(("http://", "https://")):
        raise ChannelSettingRefused("proxy")
    if public_url is not None:
        local.save_setting(store, _PUBLIC_URL, public_url.rstrip("/"))
    if proxy is not None:
        local.save_setting(store, _PROXY, proxy)
    touch(store)


def touch(store: Store) -> None:
    """Whoever keeps channels at hand makes them anew: a secret was changed. Raises CannotRecord."""
    local.save_setting(store, _CHANGED, f"{instant_text(store.clock.now())} {store.new_id()}")


def check(settings: SmsSettings | MailSettings | WeChatSettings) -> None:
    """Raise ChannelSettingRefused for what cannot be meant."""
    match settings:
        case SmsSettings():
            _fits(_ACCOUNT, settings.account, "account")
            _fits(_KEY, settings.key, "key")
            _fits(_SENDER, settings.sender, "sender")
            _require(0 <= settings.per_second <= 1_000, "per-second")
            _require(not settings.api or is_safe(settings.api), "api")
        case MailSettings():
            _fits(_HOST, settings.host, "host")
            _require(0 < settings.port < 65_536, "port")
            sealed = settings.security is not MailSecurity.NONE or is_this_machine(settings.host)
            _require(sealed, "security")
            _fits(_ADDRESS, settings.sender, "sender")
            for name, address in (("reply-to", settings.reply_to), ("unsubscribe", settings.unsubscribe)):
                _require(not address or bool(_ADDRESS.fullmatch(address)), name)
            _require(settings.sender_name.isprintable() and len(settings.sender_name) <= 100, "sender-name")
            _require(settings.user.isprintable(), "user")
        case WeChatSettings():
            _fits(_APPID, settings.appid, "appid")
            _require(not settings.api or is_safe(settings.api), "api")


def _one(transaction: Transaction, name: str, kind: type[T]) -> T | None:
    kept = local.setting(transaction, _NAMES[name])
    if not kept:
        return None
    try:
        return msgspec.json.decode(kept, type=kind)
    except msgspec.MsgspecError:
        return None


def _fits(pattern: re.Pattern[str], value: str, name: str) -> None:
    _require(bool(pattern.fullmatch(value)), name)


def _require(holds: bool, name: str) -> None:
    if not holds:
        raise ChannelSettingRefused(name)
