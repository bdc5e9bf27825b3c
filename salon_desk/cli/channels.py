"""`channels {set,forget,show,test}`: by which accounts this node sends messages, and whether they work.

What can be set is in `services/channel_settings.py`. The one rule: a secret comes by standard input, a line each, or is asked for where
it cannot be seen; it is never an option, and never shown. An empty line keeps the one that there is.
"""

from __future__ import annotations

import argparse
import contextlib
import getpass
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from salon_desk import secrets
from salon_desk.bootstrap.bare_till import bare_till
from salon_desk.bootstrap.office_data import office_at
from salon_desk.cli.head_office.parts import Parts, answer
from salon_desk.cli.place import add_place, place_of
from salon_desk.services import channel_accounts, channel_settings
from salon_desk.services.channel_settings import (
    ChannelSettings,
    MailSecurity,
    MailSettings,
    SmsSettings,
    WeChatSettings,
)
from salon_desk.storage import heads
from salon_desk.storage.place import Place
from salon_desk.storage.reading import HEAD_OFFICE, database_in, open_place
from salon_desk.storage.store import Store
from salon_desk.wire.inbound import SMS, STATUS

NAMES = tuple(channel_accounts.SECRETS)
_PROMPTS = {
    channel_settings.TWILIO_KEY_SECRET: "API key secret",
    channel_settings.TWILIO_TOKEN: "Account auth token",
    channel_settings.MAIL_PASSWORD: "Password",
    channel_settings.WECHAT_SECRET: "AppSecret",
}


def add_parser(subparsers: Parts) -> None:
    """Add the command with its parts and what runs them."""
    top: argparse.ArgumentParser = subparsers.add_parser(
        "channels", help="by which accounts messages are sent", description=__doc__
    )
    parts = top.add_subparsers(metavar="PART", required=True)
    setting = parts.add_parser("set", help="an account; its secret by standard input")
    _add_channels(setting.add_subparsers(metavar="CHANNEL", required=True))
    forgetting = _part(parts, "forget", run_forget, "use a channel no more")
    forgetting.add_argument("channel", choices=NAMES)
    showing = _part(parts, "show", run_show, "what is set; no secrets")
    showing.add_argument("--json", action="store_true", help="one JSON object on one line")
    testing = _part(parts, "test", run_test, "ask the provider whether the account works; sends nothing")
    testing.add_argument("channel", choices=NAMES)
    testing.add_argument("--json", action="store_true", help="one JSON object on one line")


def _add_channels(channels: Parts) -> None:
    sms = _part(channels, "sms", run_sms, "Twilio; secrets: the account's token, with --key first the key's")
    sms.add_argument("--account", required=True, metavar="AC…", help="the account's SID")
    sms.add_argument("--sender", required=True, metavar="NUMBER", help="+1…, a short code, or a service MG…")
    sms.add_argument("--key", default="", metavar="SK…", help="an API key's SID, to send by it")
    sms.add_argument("--per-second", type=int, default=1, metavar="N", help="messages (1; 0: no limit)")
    sms.add_argument("--api", default="", metavar="URL", help="another address, for trying things")
    mail = _part(channels, "mail", run_mail, "a mail server; secret: the password of --user")
    mail.add_argument("--host", required=True, metavar="H", help="the server")
    mail.add_argument("--port", type=int, default=587, metavar="P", help="its port (587)")
    mail.add_argument("--security", choices=[one.value for one in MailSecurity], default="starttls")
    mail.add_argument("--sender", required=True, metavar="ADDRESS", help="from whom")
    mail.add_argument("--sender-name", default="", metavar="NAME", help="what the sender is called")
    mail.add_argument("--user", default="", metavar="NAME", help="who signs in; none: nobody does")
    mail.add_argument("--reply-to", default="", metavar="ADDRESS")
    mail.add_argument("--unsubscribe", default="", metavar="ADDRESS", help="the mailbox that takes a STOP")
    wechat = _part(channels, "wechat", run_wechat, "an official account; secret: the AppSecret")
    wechat.add_argument("--appid", required=True, metavar="wx…")
    wechat.add_argument("--api", default="", metavar="URL", help="another address, for trying things")
    way = _part(channels, "way", run_way, "how providers reach this node, and how it reaches them")
    way.add_argument("--public-url", metavar="URL", help="https://… that leads here; empty: none")
    way.add_argument("--proxy", metavar="URL", help="the way out; empty: straight")


def run_sms(arguments: argparse.Namespace) -> int:
    """Raises DomainError, UsageRefused."""
    settings = SmsSettings(
        arguments.account, arguments.sender, arguments.key, arguments.per_second, arguments.api
    )
    return _set(arguments, settings)


def run_mail(arguments: argparse.Namespace) -> int:
    """Raises DomainError, UsageRefused."""
    settings = MailSettings(
        host=arguments.host,
        sender=arguments.sender,
        port=arguments.port,
        security=MailSecurity(arguments.security),
        user=arguments.user,
        sender_name=arguments.sender_name,
        reply_to=arguments.reply_to,
        unsubscribe=arguments.unsubscribe,
    )
    return _set(arguments, settings)


def run_wechat(arguments: argparse.Namespace) -> int:
    """Raises DomainError, UsageRefused."""
    settings = WeChatSettings(arguments.appid, arguments.api)
    return _set(arguments, settings)


def run_way(arguments: argparse.Namespace) -> int:
    """Raises DomainError."""
    with _store(place_of(arguments)) as store:
        channel_settings.set_way(store, public_url=arguments.public_url, proxy=arguments.proxy)
    return 0


def run_forget(arguments: argparse.Namespace) -> int:
    """Its secrets too. Raises DomainError."""
    with _store(place_of(arguments)) as store:
        channel_accounts.forget(store, arguments.channel)
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Raises DomainError."""
    node, settings = _read(place_of(arguments))
    told: dict[str, Any] = {}
    for name, one in (("sms", settings.sms), ("mail", settings.mail), ("wechat", settings.wechat)):
        if one is not None:
            told[name] = {**asdict(one), "secret": channel_accounts.has_secret(node, one)}
    told["public_url"] = settings.public_url
    told["proxy"] = settings.proxy.rpartition("@")[2]
    if settings.public_url and secrets.given(channel_settings.TWILIO_TOKEN, node):
        told["called_at"] = [f"{settings.public_url}{path}" for path in (SMS, STATUS)]
    lines = [f"{name}  {_line(value)}" for name, value in told.items() if value]
    return answer(arguments, told, lines)


def run_test(arguments: argparse.Namespace) -> int:
    """Say what is in the way, in the provider's own word or number; 1 if anything is. Raises DomainError, UsageRefused."""
    from salon_desk.bootstrap.channels import trouble_of
    from salon_desk.bootstrap.machine import SystemClock

    node, settings = _read(place_of(arguments))
    trouble = trouble_of(node, arguments.channel, settings, SystemClock())
    answer(arguments, {"channel": arguments.channel, "trouble": trouble}, [trouble or "ok"])
    return 1 if trouble else 0


def _set(arguments: argparse.Namespace, account: channel_accounts.Account) -> int:
    """Nothing is kept when a secret is missing."""
    channel_settings.check(account)
    with _store(place_of(arguments)) as store:
        given = {name: _secret(_PROMPTS[name]) for name, _needed in channel_accounts.wanted(account)}
        channel_accounts.keep(store, account, given)
    return 0


def _secret(prompt: str) -> str:
    return getpass.getpass(f"{prompt}: ").strip() if sys.stdin.isatty() else sys.stdin.readline().strip()


def _line(value: object) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{name}={one}" for name, one in value.items() if one not in ("", None))
    return "  ".join(map(str, value)) if isinstance(value, list) else str(value)


@contextlib.contextmanager
def _store(place: Place) -> Iterator[Store]:
    """What is at a place, for recording: a till that does not run, or a head office beside its server."""
    if place.folder is not None and database_in(place.folder).name != HEAD_OFFICE:
        with bare_till(place.folder) as till:
            yield till.store
        return
    with office_at(place) as office:
        yield office


def _read(place: Place) -> tuple[str, ChannelSettings]:
    """Who is at a place, and what it was told."""
    reader = open_place(place)
    try:
        with reader.read() as transaction:
            row = transaction.one(heads.IDENTITY)
            return (row.node if row is not None else ""), channel_settings.read(transaction)
    finally:
        reader.close()


def _part(
    parts: Parts, name: str, run: Callable[[argparse.Namespace], int], summary: str
) -> argparse.ArgumentParser:
    part: argparse.ArgumentParser = parts.add_parser(name, help=summary, description=summary)
    add_place(part)
    part.set_defaults(func=run)
    return part
