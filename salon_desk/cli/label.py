"""`label`: labels of items on a printer, also while the till trades; without `--printer` as text.

What a label says is in `documents/label.py`. It only reads the till's folder; the printer is opened for this once.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from salon_desk.bootstrap.machine import SystemClock
from salon_desk.cli.snapshot import in_snapshot
from salon_desk.devices.port import PrinterPort
from salon_desk.devices.print_task import PortEvent, PrintTask
from salon_desk.devices.profile import load_profile
from salon_desk.devices.url import parse_device_url
from salon_desk.documents.label import COLUMNS, LabelKind
from salon_desk.documents.layout import COLUMNS_58_MM, Document, as_text
from salon_desk.domain.clock import instant_text
from salon_desk.i18n import LANGUAGES
from salon_desk.services import labels
from salon_desk.settings import language_of

_WITHIN_S = 60.0


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what runs it."""
    parser = subparsers.add_parser("label", help="labels for shelf and product", description=__doc__)
    parser.add_argument("items", nargs="+", metavar="ITEM", help="an item's id or barcode")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the till's folder")
    parser.add_argument("--count", type=int, default=1, metavar="N", help="how many of each (default: 1)")
    parser.add_argument("--kind", choices=[kind.value for kind in LabelKind], default=LabelKind.PRODUCT.value)
    parser.add_argument("--width", type=int, choices=sorted(COLUMNS), default=40, help="millimetres")
    parser.add_argument(
        "--printer", default="", metavar="URL", help="such as tcp://192.168.1.60 or queue:Labels"
    )
    parser.add_argument(
        "--profile", default="", metavar="NAME", help="the printer's (default: label-40x30mm)"
    )
    parser.add_argument("--language", choices=LANGUAGES, default=language_of())
    parser.add_argument("--json", action="store_true", help="say in one line what became of it")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Print them; 1 where the printer did not take them. Raises DomainError."""
    now = instant_text(SystemClock().now())
    wanted = [(item, arguments.count) for item in arguments.items]
    kind, width = LabelKind(arguments.kind), arguments.width
    document = in_snapshot(
        arguments.data,
        lambda transaction: labels.document(
            transaction, wanted, kind, arguments.language, now=now, width_mm=width
        ),
    )
    if not arguments.printer:
        sys.stdout.write(as_text(document, COLUMNS_58_MM))
        return 0
    printed = _print(document, arguments.printer, arguments.profile or f"label-{width}x30mm")
    if arguments.json:
        count = arguments.count * len(wanted) if printed else 0
        sys.stdout.write(json.dumps({"printed": printed, "labels": count}) + "\n")
    return 0 if printed else 1


def _print(document: Document, printer: str, profile: str) -> bool:
    port = PrinterPort(parse_device_url(printer), load_profile(profile), _nothing)
    port.start()
    try:
        return port.submit(PrintTask("labels", document)) and port.wait_until_idle(_WITHIN_S)
    finally:
        port.stop()


def _nothing(_event: PortEvent) -> None:
    """The end is waited for."""
