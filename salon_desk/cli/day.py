"""`day`: a scripted trading day through the same services, worker and devices as the screen.

The script itself is `bootstrap/trading_day.py`. Each sale is one line on stdout right after its commit, flushed, so that
whoever kills this process knows what was announced; the summary is the last line.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from salon_desk.bootstrap.day import network
from salon_desk.bootstrap.day.network import Exchanged, Joining
from salon_desk.bootstrap.till import open_till
from salon_desk.bootstrap.trading_day import DaySummary, as_of_now, play
from salon_desk.services import demo_file
from salon_desk.services.device_settings import DeviceChoice
from salon_desk.settings import demo_shop


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what runs it."""
    parser = subparsers.add_parser("day", help="a scripted trading day", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the till's folder")
    parser.add_argument("--sales", type=_count, default=60, metavar="N", help="exactly so many sales (60)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed, the same day (1)")
    parser.add_argument("--head-office", default="", metavar="URL", help="the head office of the chain")
    parser.add_argument("--enroll", default="", metavar="CODE", help="join it with a code that it made")
    parser.add_argument(
        "--until-synced",
        type=_seconds,
        default=None,
        metavar="SECONDS",
        help="wait at the end until nothing is pending either way; exit 1 after so long",
    )
    parser.add_argument(
        "--printer",
        default="",
        metavar="URL",
        help="tcp://HOST:9100, serial:PATH, usb:ID:ID, file:PATH (an emulated one into DIR/receipts)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Play the day. Raises DomainError for the caller to put into words."""
    shop = demo_file.read(demo_shop())
    say = _say_json if arguments.json else _say
    printer = arguments.printer or f"emulated:{arguments.data / 'receipts'}"
    asked = Joining(arguments.head_office, arguments.enroll, arguments.until_synced)
    running = open_till(arguments.data, devices=DeviceChoice.printing(printer))
    try:
        network.join(running, shop, asked)
        summary = play(running, shop, sales=arguments.sales, seed=arguments.seed, announce=say)
        exchange = network.exchanged(running, asked.until_synced)
        summary = as_of_now(running, summary)
    finally:
        running.close()
    told = summarised(summary, exchange)
    _line(json.dumps(told, ensure_ascii=False) if arguments.json else _told(told))
    waited_in_vain = asked.until_synced is not None and exchange is not None and not exchange.synced
    return 1 if waited_in_vain else 0


def summarised(summary: DaySummary, exchange: Exchanged | None) -> dict[str, object]:
    """The last line of `day --json`; a till without head office has nothing pending."""
    tally, closed, papers = summary.tally, summary.closed, summary.papers
    return {
        "sales": tally.sales,
        "top_ups": tally.top_ups,
        "refunds": tally.refunds,
        "voids": tally.voids,
        "total_cents": tally.total_cents,
        "tips_cents": tally.tips_cents,
        "tenders": dict(sorted(tally.tenders.items())),
        "over_short_cents": closed.over_short.cents if closed else None,
        "z_number": closed.z_number if closed else None,
        "operations": summary.operations,
        "head": summary.head,
        "receipts": {"printed": papers.printed, "failed": papers.failed, "waiting": papers.waiting},
        "problems": list(summary.problems),
        "pending": exchange.pending if exchange else 0,
        "exchange": asdict(exchange) if exchange else None,
        "synced": exchange.synced if exchange else True,
    }


def _say_json(op_id: str, total_cents: int) -> None:
    _line(json.dumps({"done": op_id, "total_cents": total_cents}))


def _say(op_id: str, total_cents: int) -> None:
    _line(f"{op_id}  {total_cents // 100}.{total_cents % 100:02d}")


def _told(told: dict[str, object]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in told.items())


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 86_400:
        raise argparse.ArgumentTypeError("0 to 86400, please")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("0 or more, please")
    return number
