"""`head-office`: serving a chain, making codes for its tills, confirming them, seeing how they stand.

The server itself is `bootstrap/head_office.py`. Only `serve` keeps running; the others work beside it, on the same data.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from salon_desk.bootstrap.head_office import Serving, listen, office_at, serve
from salon_desk.cli.errors import BadStore, BadTill, CannotListen, PlainHttp
from salon_desk.head_office import enrolment
from salon_desk.head_office.health import is_loopback_host
from salon_desk.head_office.stores import ensure_store, is_store_code, is_till_name
from salon_desk.settings import default_data_folder
from salon_desk.storage.office import Place


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its parts and what runs them."""
    top = subparsers.add_parser("head-office", help="the server of a chain", description=__doc__)
    parts = top.add_subparsers(metavar="PART", required=True)

    serving = _part(parts, "serve", "serve until a signal ends it; its address is the one line on stdout")
    serving.add_argument("--host", default="127.0.0.1", metavar="H", help="where it listens (127.0.0.1)")
    serving.add_argument("--port", type=_port, default=8080, metavar="P", help="0: any that is free (8080)")
    serving.add_argument("--demo", action="store_true", help="fill an empty head office with the demo chain")
    serving.add_argument("--certificate", type=Path, metavar="PEM", help="serve TLS with this certificate")
    serving.add_argument("--key", type=Path, metavar="PEM", help="the key of the certificate")
    serving.add_argument("--insecure", action="store_true", help="plain HTTP beyond this machine")
    serving.add_argument("--metrics", action="store_true", help="show /metrics beyond this machine")
    serving.set_defaults(func=run_serve)

    enrolling = _part(parts, "enroll", "make a one-time code for one till, confirmed in advance")
    enrolling.add_argument("--store", required=True, metavar="CODE", help="made when it is new")
    enrolling.add_argument("--till", required=True, metavar="NAME", help="what people call the till")
    enrolling.add_argument("--json", action="store_true", help="one JSON object on one line")
    enrolling.set_defaults(func=run_enroll)


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve. Raises DomainError, UsageRefused for the caller's words."""
    if not (arguments.certificate or arguments.insecure or is_loopback_host(arguments.host)):
        raise PlainHttp(arguments.host)
    serving = Serving(
        host=arguments.host,
        port=arguments.port,
        certificate=arguments.certificate,
        key=arguments.key,
        metrics_for_all=arguments.metrics,
    )
    try:
        listener = listen(serving)
    except OSError as error:
        raise CannotListen(f"{arguments.host}:{arguments.port}") from error
    with listener:
        serve(_place(arguments), serving, listener, _say)
    return 0


def run_enroll(arguments: argparse.Namespace) -> int:
    """Print a code. Raises DomainError for the caller's words."""
    if not is_store_code(arguments.store):
        raise BadStore(arguments.store)
    if not is_till_name(arguments.till):
        raise BadTill(arguments.till)
    with office_at(_place(arguments)) as office:
        ensure_store(office, arguments.store)
        made = enrolment.new_code(
            office, store=arguments.store, till_name=arguments.till, made_by="", confirmed=True
        )
    answer = {"code": made.code, "lapses_at": made.lapses_at}
    _say(json.dumps(answer) if arguments.json else made.code)
    return 0


def _part(
    parts: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str
) -> argparse.ArgumentParser:
    part = parts.add_parser(name, help=summary, description=summary)
    where = part.add_mutually_exclusive_group()
    where.add_argument("--data", type=Path, metavar="DIR", help="the head office's folder ($SALON_DESK_DATA)")
    where.add_argument("--database", default="", metavar="URL", help="a PostgreSQL database instead")
    return part


def _place(arguments: argparse.Namespace) -> Place:
    if arguments.database:
        return Place(url=arguments.database)
    return Place(folder=arguments.data or default_data_folder(demo=getattr(arguments, "demo", False)))


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number < 65536:
        raise argparse.ArgumentTypeError("0 to 65535, please")
    return number


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
