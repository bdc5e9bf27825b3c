"""`hub`: a process beside a till that lets the tills of one shop share value over the LAN while the line to head office is down.

The hub itself is `bootstrap/hub.py`. Only `serve` keeps running; the others work beside it, on the same folder.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from salon_desk.bootstrap import hub
from salon_desk.bootstrap.head_office import Serving, listen
from salon_desk.bootstrap.hub import Joining
from salon_desk.cli.errors import BadTill, CannotListen
from salon_desk.cli.head_office.parts import Parts, answer, say
from salon_desk.cli.head_office.serving import port_number
from salon_desk.head_office import overview
from salon_desk.head_office.stores import is_till_name
from salon_desk.sync.nearby import LOOK_FOR, look
from salon_desk.wire.address import is_this_machine

PORT = 8081


def add_parser(subparsers: Parts) -> None:
    """Add the command with its parts and what runs them."""
    top = subparsers.add_parser(
        "hub", help="the tills of one shop together, without a line", description=__doc__
    )
    parts = top.add_subparsers(metavar="PART", required=True)

    serving = _part(
        parts, "serve", run_serve, "join head office, serve the shop's tills until a signal ends it"
    )
    serving.add_argument("--head-office", default="", metavar="URL", help="needed the first time")
    serving.add_argument(
        "--enroll", default="", metavar="CODE", help="a code that head office made for this hub"
    )
    serving.add_argument("--trust", default="", metavar="PEM", help="trust this certificate of head office")
    serving.add_argument("--proxy", default="", metavar="URL", help="the way to head office")
    serving.add_argument("--host", default="127.0.0.1", metavar="H", help="where it listens (127.0.0.1)")
    serving.add_argument(
        "--port", type=port_number, default=PORT, metavar="P", help=f"0: any that is free ({PORT})"
    )
    serving.add_argument("--certificate", type=Path, metavar="PEM", help="serve TLS with this certificate")
    serving.add_argument("--key", type=Path, metavar="PEM", help="the key of the certificate")
    serving.add_argument("--insecure", action="store_true", help="plain HTTP beyond this machine")

    finding = parts.add_parser("find", help="the hubs that answer on this network", description="who answers")
    finding.add_argument(
        "--seconds", type=_seconds, default=LOOK_FOR, metavar="S", help="how long to look (3)"
    )
    finding.add_argument("--interface", action="append", default=[], metavar="ADDRESS", help="only here")
    finding.add_argument("--json", action="store_true", help="one JSON object on one line")
    finding.set_defaults(func=run_find)

    enrolling = _part(parts, "enroll", run_enroll, "make a one-time code for one till of this shop")
    enrolling.add_argument("--till", required=True, metavar="NAME", help="what people call the till")
    enrolling.add_argument("--json", action="store_true", help="one JSON object on one line")

    listing = _part(parts, "devices", run_devices, "who is behind this hub, and when it was last seen")
    listing.add_argument("--json", action="store_true", help="one JSON object on one line")


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve, with a certificate of its own where others can reach it and nobody gave it one.

    Raises DomainError, UsageRefused for the caller's words.
    """
    own_tls = not (arguments.certificate or arguments.insecure or is_this_machine(arguments.host))
    serving = Serving(
        host=arguments.host, port=arguments.port, certificate=arguments.certificate, key=arguments.key
    )
    try:
        listener = listen(serving)
    except OSError as error:
        raise CannotListen(f"{arguments.host}:{arguments.port}") from error
    asked = Joining(arguments.head_office, arguments.enroll, arguments.trust, arguments.proxy)
    with listener:
        hub.serve(arguments.data, asked, serving, listener, say, own_tls=own_tls)
    return 0


def run_enroll(arguments: argparse.Namespace) -> int:
    """Print a code. Raises DomainError, UsageRefused for the caller's words."""
    if not is_till_name(arguments.till):
        raise BadTill(arguments.till)
    with hub.beside(arguments.data) as office:
        made = hub.new_code(office, arguments.till)
    return answer(arguments, {"code": made.code, "lapses_at": made.lapses_at}, [made.code])


def run_find(arguments: argparse.Namespace) -> int:
    """Show who answers."""
    found = look(arguments.seconds, arguments.interface)
    lines = ("  ".join((one.store, one.url, one.node)) for one in found)
    return answer(arguments, {"hubs": [asdict(one) for one in found]}, lines)


def run_devices(arguments: argparse.Namespace) -> int:
    """Show the devices. Raises DomainError for the caller's words."""
    with hub.beside(arguments.data) as office:
        seen = overview.devices(office)
    lines = (
        "  ".join((one.fingerprint, one.store, one.till, one.seen_at or "-", str(one.behind)))
        for one in seen.devices
    )
    return answer(arguments, seen.told(), lines)


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 < number <= 60:
        raise argparse.ArgumentTypeError("up to 60, please")
    return number


def _part(
    parts: Parts, name: str, run: Callable[[argparse.Namespace], int], summary: str
) -> argparse.ArgumentParser:
    part = parts.add_parser(name, help=summary, description=summary)
    part.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the hub's folder, not a till's"
    )
    part.set_defaults(func=run)
    return part
