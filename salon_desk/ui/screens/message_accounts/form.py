"""What stands in the form of an account: typed words and tapped choices, and the account they come to. No Qt and no word.

What is valid is known by the service. A secret is typed here and never read back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from salon_desk.services.channel_accounts import Account
from salon_desk.services.channel_settings import (
    MAIL_PASSWORD,
    TWILIO_KEY_SECRET,
    TWILIO_TOKEN,
    WECHAT_SECRET,
    ChannelSettingRefused,
    ChannelSettings,
    MailSecurity,
    MailSettings,
    SmsSettings,
    WeChatSettings,
)
from salon_desk.ui.counter.typed_numbers import whole

SMS, MAIL, WECHAT = "sms", "mail", "wechat"
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    SMS: ("account", "sms_sender", "token", "key", "key_secret", "per_second"),
    MAIL: ("host", "port", "mail_sender", "sender_name", "user", "password", "reply_to", "unsubscribe"),
    WECHAT: ("appid", "app_secret"),
}
SECRET_FIELDS: Final[Mapping[str, str]] = {
    "token": TWILIO_TOKEN,
    "key_secret": TWILIO_KEY_SECRET,
    "password": MAIL_PASSWORD,
    "app_secret": WECHAT_SECRET,
}
"""The fields whose words are secrets, with the names these are kept by."""


def account_of(settings: ChannelSettings, channel: str) -> Account | None:
    """What is set for a channel."""
    return {SMS: settings.sms, MAIL: settings.mail, WECHAT: settings.wechat}[channel]


def typed_of(settings: ChannelSettings) -> dict[str, str]:
    """The words of every field, as things are set; those of secrets are empty."""
    sms = settings.sms or SmsSettings("", "")
    mail = settings.mail or MailSettings("", "")
    wechat = settings.wechat or WeChatSettings("")
    return {
        "account": sms.account,
        "sms_sender": sms.sender,
        "key": sms.key,
        "per_second": str(sms.per_second),
        "host": mail.host,
        "port": str(mail.port),
        "mail_sender": mail.sender,
        "sender_name": mail.sender_name,
        "user": mail.user,
        "reply_to": mail.reply_to,
        "unsubscribe": mail.unsubscribe,
        "appid": wechat.appid,
        **dict.fromkeys(SECRET_FIELDS, ""),
    }


def wanted(settings: ChannelSettings, channel: str, typed: Mapping[str, str], security: str) -> Account:
    """The account that the form says; what has no field stays. Raises ChannelSettingRefused for what is no number."""
    match channel:
        case "sms":
            api = settings.sms.api if settings.sms is not None else ""
            each = _number(typed, "per_second", "per-second")
            return SmsSettings(typed["account"], typed["sms_sender"], typed["key"], each, api)
        case "mail":
            return MailSettings(
                host=typed["host"],
                sender=typed["mail_sender"],
                port=_number(typed, "port", "port"),
                security=MailSecurity(security),
                user=typed["user"],
                sender_name=typed["sender_name"],
                reply_to=typed["reply_to"],
                unsubscribe=typed["unsubscribe"],
            )
        case _:
            return WeChatSettings(typed["appid"], settings.wechat.api if settings.wechat is not None else "")


def secrets_of(channel: str, typed: Mapping[str, str]) -> dict[str, str]:
    """The secrets that were typed, by the names they are kept by."""
    fields = (one for one in FIELDS[channel] if one in SECRET_FIELDS)
    return {SECRET_FIELDS[one]: typed[one] for one in fields if typed[one]}


def _number(typed: Mapping[str, str], field: str, name: str) -> int:
    try:
        return whole(typed[field])
    except ValueError as error:
        raise ChannelSettingRefused(name) from error
