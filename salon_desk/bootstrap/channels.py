"""The channels of a node put together from its settings and its keys; whoever holds them makes them anew when these change.

No rule lives here; what a provider's calls are read by is in `providers.py`. It brings `requests` and `smtplib` in, so it is imported where messages are sent and not at a start. The
keyring is asked here and may take seconds; a channel keeps its token and its rest, so it is not made for each message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from salon_desk import secrets
from salon_desk.bootstrap.providers import door_of, way_out_of
from salon_desk.channels import twilio, wechat
from salon_desk.channels.letter import Sender
from salon_desk.channels.mail import Mail, MailAccount
from salon_desk.channels.twilio import Twilio, TwilioAccount
from salon_desk.channels.way_out import WayOut
from salon_desk.channels.wechat import WeChat, WeChatAccount
from salon_desk.domain.clock import Clock
from salon_desk.domain.consent import Channel
from salon_desk.services import channel_settings
from salon_desk.services.channel_accounts import SecretMissing
from salon_desk.services.channel_settings import (
    ChannelNotSet,
    ChannelSettings,
    MailSettings,
    SmsSettings,
    WeChatSettings,
)
from salon_desk.services.message_ports import InboundSource, MessageChannel
from salon_desk.wire.exchange import Line
from salon_desk.wire.inbound import STATUS

Claimed = Callable[[str], bool]
"""Whether an attempt is known to be the message that a provider calls this."""


@dataclass(frozen=True, slots=True)
class Channels:
    """What a node can send by. `source`: where what members wrote can be asked for. `called`: whether a provider tells it by itself."""

    by_channel: Mapping[Channel, MessageChannel] = field(default_factory=dict)
    source: InboundSource | None = None
    called: bool = False


def channels_of(
    node: str, settings: ChannelSettings, clock: Clock, claimed: Claimed = twilio.nobody
) -> Channels:
    """Every channel that is set and has its secret on this machine. Raises KeysUnreachable."""
    line = Line(settings.proxy)
    made: dict[Channel, MessageChannel] = {}
    source: InboundSource | None = None
    if settings.sms is not None:
        sms = twilio_of(node, settings.sms, settings, clock, claimed, line=line)
        if sms is not None:
            made[Channel.SMS] = source = sms
    if settings.mail is not None:
        mail = mail_of(node, settings.mail, clock, way_out_of(node, settings))
        if mail is not None:
            made[Channel.EMAIL] = mail
    if settings.wechat is not None:
        official = wechat_of(node, settings.wechat, line)
        if official is not None:
            made[Channel.WECHAT] = official
    return Channels(made, source, called=door_of(node, settings) is not None)


def trouble_of(node: str, name: str, settings: ChannelSettings, clock: Clock) -> str:
    """Ask a provider whether an account works, by the channel's name; empty when it does, else its own word or number. Blocks.

    Sends nothing. Raises ChannelNotSet, SecretMissing, KeysUnreachable.
    """
    line = Line(settings.proxy)
    match name, settings:
        case "sms", ChannelSettings(sms=SmsSettings() as sms):
            made: Twilio | Mail | WeChat | None = twilio_of(node, sms, settings, clock, line=line)
        case "mail", ChannelSettings(mail=MailSettings() as mail):
            made = mail_of(node, mail, clock)
        case "wechat", ChannelSettings(wechat=WeChatSettings() as official):
            made = wechat_of(node, official, line)
        case _:
            raise ChannelNotSet(name)
    if made is None:
        raise SecretMissing(name)
    return made.trouble()


def twilio_of(
    node: str,
    sms: SmsSettings,
    settings: ChannelSettings,
    clock: Clock,
    claimed: Claimed = twilio.nobody,
    *,
    line: Line | None = None,
) -> Twilio | None:
    """SMS; None without its secret. Raises KeysUnreachable."""
    name = channel_settings.TWILIO_KEY_SECRET if sms.key else channel_settings.TWILIO_TOKEN
    password = secrets.given(name, node)
    if not password:
        return None
    account = TwilioAccount(
        account=sms.account,
        user=sms.key or sms.account,
        password=password,
        sender=sms.sender,
        per_second=sms.per_second,
    )
    if settings.public_url and secrets.given(channel_settings.TWILIO_TOKEN, node):
        account = replace(account, callback=f"{settings.public_url}{STATUS}")
    return Twilio(account, clock, base=sms.api or twilio.API, line=line, claimed=claimed)


def mail_of(node: str, mail: MailSettings, clock: Clock, way_out: WayOut | None = None) -> Mail | None:
    """E-mail; None where it wants a password and there is none. Raises KeysUnreachable."""
    password = secrets.given(channel_settings.MAIL_PASSWORD, node) if mail.user else ""
    if mail.user and not password:
        return None
    sender = Sender(mail.sender, mail.sender_name, mail.reply_to, mail.unsubscribe)
    account = MailAccount(mail.host, mail.port, mail.security, sender, user=mail.user, password=password)
    return Mail(account, clock, way_out=way_out.link if way_out is not None else None)


def wechat_of(node: str, official: WeChatSettings, line: Line | None = None) -> WeChat | None:
    """WeChat; None without its secret. Raises KeysUnreachable."""
    secret = secrets.given(channel_settings.WECHAT_SECRET, node)
    if not secret:
        return None
    return WeChat(WeChatAccount(official.appid, secret), base=official.api or wechat.API, line=line)
