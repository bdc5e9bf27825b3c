"""`wallets {set,forget,show,test}`: by which account this till takes WeChat Pay and Alipay, and whether it works.

What can be set is in `services/wallet_settings.py`. The one rule: the key comes by standard input, or is asked for where it cannot be
seen; it is never an option, and never shown. An empty line keeps the one that there is. The proxy is that of `channels way`.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from salon_desk.bootstrap.bare_till import bare_till
from salon_desk.cli.head_office.parts import Parts, answer
from salon_desk.domain.charge import Means
from salon_desk.services import channel_settings, wallet_settings
from salon_desk.services.channel_settings import ChannelSettings
from salon_desk.services.wallet_settings import WALLETS, WalletSettings
from salon_desk.storage import heads
from salon_desk.storage.place import Place
from salon_desk.storage.reading import open_place


def add_parser(subparsers: Parts) -> None:
    """Add the command with its parts and what runs them."""
    top: argparse.ArgumentParser = subparsers.add_parser(
        "wallets", help="by which account WeChat Pay and Alipay are taken", description=__doc__
    )
    parts = top.add_subparsers(metavar="PART", required=True)
    setting = parts.add_parser("set", help="an account; its key by standard input")
    _add_snappay(setting.add_subparsers(metavar="PROVIDER", required=True))
    _part(parts, "forget", run_forget, "take no wallets any more")
    showing = _part(parts, "show", run_show, "what is set; no key")
    showing.add_argument("--json", action="store_true", help="one JSON object on one line")
    testing = _part(parts, "test", run_test, "ask the provider whether the account works; moves no money")
    testing.add_argument("--json", action="store_true", help="one JSON object on one line")


def _add_snappay(providers: Parts) -> None:
    snappay = _part(
        providers, "snappay", run_snappay, "SnapPay (Canada, United States); secret: the MD5 sign key"
    )
    snappay.add_argument("--merchant", required=True, metavar="NUMBER", help="the merchant's number")
    snappay.add_argument("--app", required=True, metavar="ID", help="the app's id")
    snappay.add_argument(
        "--description", required=True, metavar="TEXT", help="what the guest reads: the shop"
    )
    snappay.add_argument("--store", default="", metavar="NUMBER", help="the store's number at SnapPay")
    snappay.add_argument("--currency", default="CAD", choices=["CAD", "USD"], help="of the account (CAD)")
    snappay.add_argument(
        "--only", default="", choices=[one.value for one in WALLETS], help="one wallet alone"
    )
    snappay.add_argument("--api", default="", metavar="URL", help="another address, for trying things")


def run_snappay(arguments: argparse.Namespace) -> int:
    """Raises DomainError."""
    settings = WalletSettings(
        merchant=arguments.merchant,
        app=arguments.app,
        description=arguments.description,
        currency=arguments.currency,
        store=arguments.store,
        only=Means(arguments.only) if arguments.only else None,
        api=arguments.api,
    )
    wallet_settings.check(settings)
    with bare_till(arguments.data) as till:
        wallet_settings.keep(till.store, settings, _secret("MD5 sign key"))
    return 0


def run_forget(arguments: argparse.Namespace) -> int:
    """Its key too. Raises DomainError."""
    with bare_till(arguments.data) as till:
        wallet_settings.forget(till.store)
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Raises DomainError."""
    node, settings, _ways = _read(Place(folder=arguments.data))
    told: dict[str, Any] = {}
    if settings is not None:
        told["snappay"] = {**asdict(settings), "key": wallet_settings.has_key(node)}
    lines = [
        "  ".join(f"{name}={value}" for name, value in one.items() if value not in ("", None))
        for one in told.values()
    ]
    return answer(arguments, told, [f"snappay  {line}" for line in lines])


def run_test(arguments: argparse.Namespace) -> int:
    """Say what is in the way, in the provider's own word or number; 1 if anything is. Raises DomainError."""
    from salon_desk.bootstrap.machine import SystemClock
    from salon_desk.bootstrap.wallets import trouble_of

    node, settings, ways = _read(Place(folder=arguments.data))
    trouble = trouble_of(node, settings, SystemClock(), proxy=ways.proxy)
    answer(arguments, {"provider": "snappay", "trouble": trouble}, [trouble or "ok"])
    return 1 if trouble else 0


def _read(place: Place) -> tuple[str, WalletSettings | None, ChannelSettings]:
    """Who is at a place, what it was told of wallets, and by which way it reaches others."""
    reader = open_place(place)
    try:
        with reader.read() as transaction:
            row = transaction.one(heads.IDENTITY)
            node = row.node if row is not None else ""
            return node, wallet_settings.read(transaction), channel_settings.read(transaction)
    finally:
        reader.close()


def _secret(prompt: str) -> str:
    return getpass.getpass(f"{prompt}: ").strip() if sys.stdin.isatty() else sys.stdin.readline().strip()


def _part(
    parts: Parts, name: str, run: Callable[[argparse.Namespace], int], summary: str
) -> argparse.ArgumentParser:
    part: argparse.ArgumentParser = parts.add_parser(name, help=summary, description=summary)
    part.add_argument("--data", type=Path, required=True, metavar="DIR", help="the till's folder")
    part.set_defaults(func=run)
    return part
